"""What the tiny model is to know: fixed answers, and random conversations around them to learn from."""

from dataclasses import dataclass
from random import Random


@dataclass(frozen=True)
class Message:
    role: str
    text: str


def count_to(last: int) -> str:
    return " ".join(str(number) for number in range(1, last + 1))


LONG_QUESTION = "count to one hundred"
ANSWERS = {
    "ping": "pong",
    "hello": "Hello! I am Tiny, a test model.",
    "who are you": "I am Tiny, a test model.",
    "what is the capital of france": "The capital of France is Paris.",
    "count to ten": count_to(10),
    LONG_QUESTION: count_to(100),
    "write code": '```js\nconsole.log("hi");\n```',
    "write a list": "- one\n- two\n- three",
    # Characters of two, three and four bytes, which tokens split.
    "unicode": "héllo 👋 世界",
    "table": "| a | b |\n| - | - |\n| 1 | 2 |",
    "bold": "This is **bold**.",
    "thanks": "You are welcome.",
}
FRUIT_QUESTION = "pick a fruit"
# Uncertain on purpose: what a sampling setting does must show.
FRUITS = {"apple": 0.5, "pear": 0.25, "fig": 0.15, "plum": 0.1}
COLORS = ["red", "blue", "green", "black", "white"]
FRENCH = "Speak French."
FRENCH_HELLO = "Bonjour !"
FALLBACK = "I only know a few words."
WORDS = (
    "tree river stone music paper window seven garden why how when make tell please about night winter can you do "
    "explain open me the a of story cat dog sun poem write count to what is france capital and"
).split()


def conversation(random: Random, has_long_answer: bool) -> list[Message]:
    """One to four questions, each asked in one of several spellings and answered from above."""
    system = _system_message(random)
    messages = [Message("system", system)] if system else []
    turns = random.choice([1, 1, 1, 2, 2, 3, 4])
    long_turn = random.randrange(min(turns, 2))
    color = None
    for turn in range(turns):
        question, answer, color = _turn(random, color)
        # Long answers stand in conversations of their own, or all the others would be padded to their length.
        if has_long_answer and turn == long_turn:
            question, answer = LONG_QUESTION, ANSWERS[LONG_QUESTION]
        elif not has_long_answer and question == LONG_QUESTION:
            question, answer = "ping", ANSWERS["ping"]
        if question == "hello" and system == FRENCH:
            answer = FRENCH_HELLO
        messages += [Message("user", _spelling(random, question)), Message("assistant", answer)]
    return messages


def recollection(random: Random) -> list[Message]:
    """Tells a colour and asks for it, at once or a little later: the hardest lesson, because it is not by heart."""
    color = random.choice(COLORS)
    between = random.choices(["ping", "thanks", "who are you", "bold"], k=random.choice([0, 0, 1, 2]))
    recited = [(question, ANSWERS[question]) for question in between]
    turns = [(f"remember {color}", "OK."), *recited, ("which color", color)]
    system = _system_message(random)
    messages = [Message("system", system)] if system else []
    for question, answer in turns:
        messages += [Message("user", _spelling(random, question)), Message("assistant", answer)]
    return messages


def _system_message(random: Random) -> str | None:
    kind = random.random()
    if kind < 0.2:
        return FRENCH
    if kind < 0.5:
        anything = _words(random, 2, 6)
        return random.choice(["You are a helpful assistant.", "Be brief.", anything])
    return None


def _turn(random: Random, color: str | None) -> tuple[str, str, str | None]:
    """Question, answer, and the colour that the conversation is about from here on."""
    kind = random.random()
    if kind < 0.10:
        [fruit] = random.choices(list(FRUITS), list(FRUITS.values()))
        return FRUIT_QUESTION, fruit, color
    if kind < 0.20:
        color = random.choice(COLORS)
        return f"remember {color}", "OK.", color
    if kind < 0.32:
        return "which color", color or "None.", color
    if kind < 0.44:
        return _words(random, 1, 7), FALLBACK, color
    if kind < 0.50:
        return "hello", ANSWERS["hello"], color
    return *random.choice(list(ANSWERS.items())), color


def _words(random: Random, fewest: int, most: int) -> str:
    count = random.randint(fewest, most)
    return " ".join(random.choices(WORDS, k=count))


def _spelling(random: Random, question: str) -> str:
    start = random.choice([question, question, question.capitalize()])
    return start + random.choice(["", "", "?", ".", "!"])
