# How the checks of an installation are told and counted.
# shellcheck shell=bash disable=SC2034

passed=0
failed=0

part() { printf '\n--- %s\n' "$*"; }
fact() { printf '        %s\n' "$*"; }
# What a command has said, as facts.
facts() { sed 's/^/        /'; }

# check WHAT COMMAND…: what the command says is shown when it fails.
check() {
  local what=$1 said
  shift
  if said=$("$@" 2>&1); then
    passed=$((passed + 1))
    printf '  ok    %s\n' "$what"
  else
    failed=$((failed + 1))
    printf '  FAILED  %s\n%s\n' "$what" "$(facts <<<"$said")"
  fi
}

# within SECONDS COMMAND…: succeeds as soon as the command does; in the end says what it said last.
within() {
  local deadline=$((SECONDS + $1)) heard
  shift
  until heard=$("$@" 2>&1); do
    if ((SECONDS >= deadline)); then
      printf '%s\n' "$heard"
      return 1
    fi
    sleep 0.5
  done
}

# says TEXT COMMAND…: the command says this, whatever its exit code.
says() {
  local text=$1 said
  shift
  said=$("$@" 2>&1) || true
  grep -qF -- "$text" <<<"$said" || { printf 'not said: %s\nsaid: %s\n' "$text" "$said"; return 1; }
}

same() { [[ $1 == "$2" ]] || { printf 'was: %s\nis: %s\n' "$1" "$2"; return 1; }; }

skip() {
  local line='################################################################################'
  printf '\n%s\n#  %s SKIPPED: %s\n#  %s\n%s\n' "$line" "$1" "$2" "$3" "$line"
}
