"""The part of a text in which something was looked for."""

from havre.foundation.names import sort_key

_LONGEST = 180


def snippet(body: str, wanted: str) -> str:
    """The part of a message in which the first word looked for stands, on one line."""
    words = body.split()
    looked_for = sort_key(wanted).split()[:1]
    place = next(
        (
            number
            for number, word in enumerate(words)
            if any(part.startswith(one) for one in looked_for for part in sort_key(word).split())
        ),
        0,
    )
    before, after = " ".join(words[:place]), " ".join(words[place:])
    start = before[-_LONGEST // 3 :]
    start = f"… {start.partition(' ')[2]}" if len(start) < len(before) else start
    end = after[: _LONGEST - len(start)]
    end = f"{end.rpartition(' ')[0]} …" if len(end) < len(after) else end
    return f"{start} {end}".strip()
