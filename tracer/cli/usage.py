# SPDX-License-Identifier: GPL-2.0-or-later
"""The usage text of ``dtrace``."""

from __future__ import annotations

SYNOPSIS = """\
Usage: dtrace [-CdeFHlOqSvVwZ] [-b bufsz] [-c cmd] [-D name[=def]] [-I path] [-L path]
        [-o output] [-p pid] [-s script] [-U name] [-x opt[=val]] [-X a|c|s|t]
        [--format text|json|ndjson] [--libxo format] [--machine name] [--set key=value] [--seed n]
        [-P provider [[ predicate ] action ]]
        [-m [ provider: ] module [[ predicate ] action ]]
        [-f [[ provider: ] module: ] func [[ predicate ] action ]]
        [-n [[[ provider: ] module: ] func: ] name [[ predicate ] action ]]
        [-i probe-id [[ predicate ] action ]] [ args ... ]
"""
USAGE = f"""{SYNOPSIS}
        predicate -> '/' D-expression '/'
           action -> '{{' D-statements '}}'

        -b  set the size of the trace buffer
        -c  run a command in the machine, and stop tracing when it is done
        -C  run the C preprocessor over script files
        -d  show the D text that is compiled, if statements made clauses
        -D  define a name for the preprocessor
        -e  stop after compiling, before anything is enabled
        -f  enable or list the probes of a function
        -F  indent output by the flow of function calls
        -H  show the files that the preprocessor includes
        -i  enable or list the probe with that number
        -I  add a directory to those that are searched for included files
        -l  list probes
        -L  add a directory of D libraries
        -m  enable or list the probes of a module
        -n  enable or list the probes of that name
        -o  append output to a file
        -O  print aggregations at the end in structured output too
        -p  follow a process of the machine, and stop tracing when it has ended
        -P  enable or list the probes of a provider
        -q  print only what is traced explicitly
        -s  enable or list the probes of a D script
        -S  show the intermediate code
        -U  undefine a name for the preprocessor
        -v  report stability; with -l, also the arguments of probes
        -V  report the version
        -w  permit destructive actions
        -x  set an option of the compiler or of tracing
        -X  choose how far the preprocessor conforms to ISO C
        -Z  permit probe descriptions that match nothing

        --format   text, json (one document) or ndjson (one object a line)
        --libxo    text, json or json,pretty, as dtrace(1) has it
        --machine  the machine to emulate: a name or a TOML file
        --set      override one key of the machine, e.g. kernel.unwind=static
        --seed     seed of the run's random variation (default 1)

        -32 -64 -a -A -G -h of dtrace(1) have no meaning on this machine and are refused.
"""
