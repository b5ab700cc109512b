"""What the bench says: a conversation, and single messages of every length. Fixed, so that runs can be compared."""

from __future__ import annotations

TURNS = (
    "I had three interviews with a logistics company and this morning they sent me a two-line rejection. It hurts.",
    "I keep going over the second interview, where I could not explain the gap in 2019.",
    "Should I ask them for feedback, and when?",
    "The recruiter said they may have another opening in spring. I do not know what to answer.",
    "I have sent out eleven applications since August and nine of them never replied.",
    "Maybe I need one small thing to do tomorrow, and nothing more.",
)
"""A conversation of someone who was turned down this morning, in the order in which it is said."""

_THREAD = "\n".join(
    f"> On day {day} they wrote: thank you for your patience, the team is still meeting other candidates, and we will "
    "come back to you as soon as a decision has been made. I answered that I was glad to wait and asked for a date."
    for day in range(1, 31)
)

MESSAGES = (
    "No again.",
    "😞😞",
    "They said no.",
    "I did not get it. I really wanted this one.",
    "Rejected after the final round, by an automatic email at night.",
    "How do I ask for feedback without sounding bitter?",
    "What do I write to the manager who was kind to me?",
    "I am angry and I want to tell them what I think of their process.",
    "Was it my age? I am 54 and everyone there looked thirty.",
    "They hired someone from inside. I was told I came second.",
    "Could they use me as a freelancer instead?",
    "My agency called and wants to send me to the same company again.",
    "I don't want advice. I just want to say that it was a bad day.",
    "What did I do wrong in the technical test?",
    "It has been three months and I still think about that interview.",
    "Thank you, that helped a little.",
    "Are you a person?",
    "What is the capital of Portugal?",
    "Unfortunately we have decided to move forward with other candidates. What does that mean?",
    "I feel numb. Four rounds, a presentation, and then silence for five weeks.",
    "I want to look back at the interview without tearing myself down.",
    "Help me plan the next two weeks. I have little money left and two children.",
    "Sometimes I think about ending my life.",
    f"This is the whole thread with them.\n{_THREAD}\nAnd then the no. What now?",
)
"""Single messages for the time that safety, embedding and retrieval take; the last has some 7,000 characters."""
