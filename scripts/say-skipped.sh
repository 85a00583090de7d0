#!/usr/bin/env bash
# usage: say-skipped.sh <tests> <why> <what to do>
# Says that a suite is skipped, so that nobody takes it for passed.
line='################################################################################'
printf '%s\n#  %s SKIPPED: %s\n#  %s\n%s\n' "$line" "$1" "$2" "$3" "$line"
