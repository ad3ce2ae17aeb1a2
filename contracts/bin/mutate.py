#!/usr/bin/env python3
"""Mutation of the contract: changes src/ in one place at a time, by Slither's mutators, and asks the Foundry tests whether they notice.

  mutate.py [--workers N] [--again] [--mutators MIA,MWA]

Installs Slither into target/mutation/venv. Goes on where it was stopped; --again tries what no test noticed once more, --mutators leaves all others out. Each worker has
its own copy of src/ and test/; results are lines of target/mutation/results.jsonl, and a table is printed in the end. Random
sequences and gas figures are left out, so a mutant that they alone notice is said to be unnoticed.
"""
import argparse
import collections
import concurrent.futures
import hashlib
import inspect
import json
import os
import pathlib
import queue
import re
import shutil
import subprocess
import sys
import threading

SLITHER = "slither-analyzer==0.11.6"
ROOT = pathlib.Path(__file__).resolve().parent.parent
WORK = ROOT / "target" / "mutation"
RESULTS = WORK / "results.jsonl"
PYTHON = WORK / "venv" / "bin" / "python"
FORGE = next((ROOT / "node_modules" / "@foundry-rs").glob("forge-*/bin/forge"), None)
LONGEST_SECONDS = 900

# Not copied: forge would compile everything twice if they were left out by name.
LEFT_OUT = ("Gas.t.sol", "Invariant.t.sol")

# Those first that change what is decided, then those that leave a statement out, then those that stop at one.
ORDER = ("ROR", "LOR", "AOR", "CR", "UOR", "ASOR", "MIA", "MWA", "MVIE", "MVIV", "LIR", "BOR", "RR", "SBR", "FHR")

# Slither puts the whole statement in an operand's place if that is an argument, so these are written here.
OPERATORS = {
    "ROR": ("<=", ">=", "==", "!=", "<", ">"),
    "LOR": ("&&", "||"),
    "AOR": ("+", "-", "*", "/", "%"),
}


def in_venv():
    """Runs this script by the interpreter that has Slither."""
    if not PYTHON.exists():
        subprocess.run([sys.executable, "-m", "venv", PYTHON.parent.parent], check=True)
        subprocess.run([PYTHON, "-m", "pip", "install", "--quiet", SLITHER], check=True)
    if pathlib.Path(sys.prefix) != PYTHON.parent.parent:
        os.execv(PYTHON, [str(PYTHON), *sys.argv])


def environment():
    return {**os.environ, "FOUNDRY_PROFILE": "mutation", "FOUNDRY_SOLC": str(compiler()),
            "PATH": f"{FORGE.parent}:{os.environ['PATH']}"}


def compiler():
    """The project's own; its code is used once each time, so that optimizing it first takes longer than it saves."""
    script = WORK / "solc"
    if not script.exists():
        script.write_text(f"#!/usr/bin/env -S node --liftoff-only\nrequire('{ROOT / 'bin' / 'solc.js'}');\n")
        script.chmod(0o755)
    return script


def copy(name):
    """A folder that forge can test in: everything is linked but what changes."""
    folder = WORK / name
    for part in ("src", "test", "target", "snapshots"):
        shutil.rmtree(folder / part, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)
    for part in ("src", "test", "snapshots"):
        shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("main", "java", *LEFT_OUT))
    shutil.copytree(ROOT / "target" / "abi", folder / "target" / "abi")
    shutil.copy(ROOT / "foundry.toml", folder)
    for part in ("node_modules", "bin"):
        if not (folder / part).exists():
            (folder / part).symlink_to(ROOT / part)
    return folder


def mutants():
    """All changes that Slither's mutators can think of, each once; offsets count bytes."""
    from slither import Slither
    from slither.tools.mutator.mutators import all_mutators
    from slither.tools.mutator.mutators.abstract_mutator import AbstractMutator

    kinds = [kind for _, kind in inspect.getmembers(all_mutators, inspect.isclass)
             if issubclass(kind, AbstractMutator) and kind.NAME]
    folder = copy("generator")
    os.environ.update(environment())
    os.chdir(folder)
    found = {}
    for unit in Slither(".").compilation_units:
        for contract in unit.contracts:
            path = pathlib.Path(contract.source_mapping.filename.absolute)
            if path.parent != folder / "src" or contract.is_interface:
                continue
            text = path.read_bytes()
            for kind in kinds:
                try:
                    files = kind(unit, 0, "", None, contract, None, False, WORK, [])._mutate().get("patches", {})
                except Exception as failure:  # a mutator that knows a construct not
                    print(f"{kind.NAME} fails on {contract.name}: {failure}", file=sys.stderr)
                    continue
                for patch in (patch for patches in files.values() for patch in patches):
                    start, end = patch["start"], patch["end"]
                    old = text[start:end].decode()
                    for new in operators(kind.NAME, old) or [patch["new_string"]]:
                        if new == old:
                            continue
                        key = hashlib.sha256(text + f"\0{start}\0{end}\0{new}".encode()).hexdigest()[:16]
                        found.setdefault(key, {
                            "key": key, "mutator": kind.NAME, "file": path.name,
                            "line": text[:start].count(b"\n") + 1, "start": start, "end": end, "old": old, "new": new})
    return sorted(found.values(), key=lambda mutant: ORDER.index(mutant["mutator"]))


def operators(mutator, expression):
    """The expression with each other operator of its kind, if it has one."""
    kind = OPERATORS.get(mutator, ())
    here = re.findall("|".join(re.escape(each) for each in kind), expression) if kind else []
    if len(here) != 1:
        return []
    return [expression.replace(here[0], other) for other in kind if other != here[0]]


def outcome(folder, mutant):
    """Whether the tests notice it: "caught", "uncaught" or, for one that does not compile, "invalid"."""
    file = folder / "src" / mutant["file"]
    text = (ROOT / "src" / mutant["file"]).read_bytes()
    file.write_bytes(text[:mutant["start"]] + mutant["new"].encode() + text[mutant["end"]:])
    try:
        done = subprocess.run([FORGE, "test", "--fail-fast", "--offline"], cwd=folder, env=environment(),
                              capture_output=True, timeout=LONGEST_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return "caught"
    finally:
        file.write_bytes(text)
    said = (done.stdout + done.stderr).decode()
    if done.returncode == 0:
        return "uncaught"
    if "Compiler run failed" in said:
        return "invalid"
    if "[FAIL" not in said:
        raise RuntimeError(said)
    return "caught"


def results():
    if not RESULTS.exists():
        return {}
    lines = (json.loads(line) for line in RESULTS.read_text().splitlines())
    return {line["key"]: line for line in lines}


def run(todo, workers):
    folders = queue.SimpleQueue()
    for number in range(workers):
        folders.put(copy(f"worker-{number}"))
    lock = threading.Lock()

    def one(mutant):
        folder = folders.get()
        try:
            result = outcome(folder, mutant)
        finally:
            folders.put(folder)
        with lock, RESULTS.open("a") as file:
            file.write(json.dumps({**mutant, "outcome": result}) + "\n")

    with concurrent.futures.ThreadPoolExecutor(workers) as pool:
        for done, future in enumerate(concurrent.futures.as_completed([pool.submit(one, m) for m in todo]), 1):
            future.result()
            if done % 50 == 0:
                print(f"{done} of {len(todo)}", file=sys.stderr, flush=True)


def report(all_mutants):
    known = results()
    count = collections.Counter((m["mutator"], known[m["key"]]["outcome"]) for m in all_mutants if m["key"] in known)
    print("| Mutator | compiled | caught | not caught |\n|---|---|---|---|")
    for name in sorted({mutator for mutator, _ in count}):
        caught, uncaught = count[name, "caught"], count[name, "uncaught"]
        print(f"| {name} | {caught + uncaught} | {caught} | {uncaught} |")
    for m in all_mutants:
        if known.get(m["key"], {}).get("outcome") == "uncaught":
            print(f"{m['file']}:{m['line']} {m['mutator']} {' '.join(m['old'].split())} ==> {' '.join(m['new'].split())}")


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--workers", type=int, default=2)
    options.add_argument("--again", action="store_true")
    options.add_argument("--mutators", type=lambda names: names.split(","), default=ORDER)
    chosen = options.parse_args()
    if FORGE is None or not (ROOT / "target" / "abi").exists():
        sys.exit("first: node bin/build.js")
    in_venv()
    everything = [mutant for mutant in mutants() if mutant["mutator"] in chosen.mutators]
    known = results()
    settled = {key for key, line in known.items() if not (chosen.again and line["outcome"] == "uncaught")}
    run([mutant for mutant in everything if mutant["key"] not in settled], chosen.workers)
    report(everything)


if __name__ == "__main__":
    main()
