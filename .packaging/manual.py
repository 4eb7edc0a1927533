"""The manual page: everything that `--help` says of every verb, on one page of man(7).

Options that several verbs share under a heading of their own are written once, with the verbs that take
them. (ArgumentParser's tool for manuals repeats them for every verb, and joins the lines of examples.)
"""

import json
import time

from program import OTHER_NAMES


def manual(program):
    """The page, dated as the packages are."""
    root = json.loads(program.says("--experimental-dump-help"))["command"]
    verbs = [v for v in root["subcommands"] if v["shouldDisplay"] and v["commandName"] != "help"]
    day = time.strftime("%Y-%m-%d", time.gmtime(program.epoch))
    name = root["commandName"]
    abstract = root["abstract"].rstrip(".")
    lines = [
        f'.TH {name.upper()} 1 {day} "{name} {program.version}" "User Commands"',
        ".SH NAME", text(f"{', '.join([name, *OTHER_NAMES])} - {abstract[0].lower()}{abstract[1:]}"),
        ".SH SYNOPSIS",
        f".B {text(name)}", r".I VERB", r"[\fIFILE\fR ...] [\fIOPTION\fR ...]", ".br",
        f".B {text(OTHER_NAMES[0])}", r"[\fIOPTION OF DOT\fR ...] [\fIFILE\fR ...]", ".br",
        f".B {text(OTHER_NAMES[1])}", r"[\fIFORMAT\fR]",
        ".SH DESCRIPTION", *prose(root["discussion"]),
        ".PP", text(
            f"As {OTHER_NAMES[0]} the program takes the command line of dot(1), and draws programs as well "
            f"as plain graphs; as {OTHER_NAMES[1]} it is a filter of pandoc(1), the same as "
            f"{name} filter pandoc."),
        ".PP", text("The verbs:")]
    for verb in verbs:
        lines += [".TP", f".B {text(verb['commandName'])}", text(verb["abstract"])]
    lines += [".SH OPTIONS", *options(shown(root))]
    for verb in verbs:
        # That --help is an option is said above, once.
        own = [a for a in shown(verb) if not a.get("sectionTitle") and a["valueName"] != "help"]
        titles = list(dict.fromkeys(a["sectionTitle"] for a in shown(verb) if a.get("sectionTitle")))
        lines += [f".SH THE VERB {verb['commandName'].upper()}", synopsis(name, verb)]
        lines += [".PP", text(verb["abstract"]), *prose(verb.get("discussion", "")), *options(own)]
        if titles:
            lines += [".PP", text(f"Also those below: {', '.join(titles)}.")]
    for title in sorted({a["sectionTitle"] for v in verbs for a in shown(v) if a.get("sectionTitle")}):
        lines += shared(title, verbs)
    lines += [
        ".SH SEE ALSO", ".BR dot (1),", ".BR fc\\-list (1),", ".BR pandoc (1)"]
    return "\n".join(lines) + "\n"


def shown(command):
    return [argument for argument in command.get("arguments", []) if argument["shouldDisplay"]]


def synopsis(name, verb):
    positional = []
    for argument in shown(verb):
        if argument["kind"] == "positional":
            word = rf"\fI{text(argument['valueName'])}\fR{' ...' if argument['isRepeating'] else ''}"
            positional.append(f"[{word}]" if argument["isOptional"] else word)
    return rf"\fB{text(name)} {text(verb['commandName'])}\fR {' '.join(positional)} [\fIOPTION\fR ...]"


def shared(title, verbs):
    """A section of options, and which verbs take them."""
    takers = {}
    for verb in verbs:
        for argument in shown(verb):
            if argument.get("sectionTitle") == title:
                key = json.dumps(argument, sort_keys=True)
                takers.setdefault(key, (argument, []))[1].append(verb["commandName"])
    most = max((names for _, names in takers.values()), key=len)
    lines = [f".SH {title.upper()}", text(f"Of {listed(most)}, unless an option names others.")]
    for argument, names in takers.values():
        lines += options([argument], "" if names == most else f" Of {listed(names)}.")
    return lines


def listed(names):
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def options(arguments, remark=""):
    lines = []
    for argument in arguments:
        value = argument.get("valueName", "")
        if argument["kind"] == "positional":
            head = rf"\fI{text(value)}\fR"
        else:
            marks = {"short": "-", "long": "--", "longWithSingleDash": "-"}
            head = ", ".join(
                rf"\fB{text(marks[name['kind']] + name['name'])}\fR" for name in argument["names"])
            if argument["kind"] == "option":
                head += rf" \fI{text(value)}\fR"
        lines += [".TP", head, text(argument.get("abstract", "") + remark)]
    return lines


def prose(discussion):
    """Paragraphs; lines that are set in keep their breaks."""
    lines = []
    for paragraph in discussion.split("\n\n"):
        block = paragraph.splitlines()
        if block and block[0].endswith(":") and block[1:] and all(x.startswith("  ") for x in block[1:]):
            lines += [".PP", text(block[0].capitalize()), ".PP", ".RS 4", ".nf"]
            lines += [text(x.strip()) for x in block[1:]] + [".fi", ".RE"]
        elif block:
            lines += [".PP", *map(text, block)]
    return lines


def text(words):
    """Words that mean nothing to man."""
    words = words.replace("\\", r"\e").replace("-", r"\-")
    return rf"\&{words}" if words.startswith((".", "'")) else words
