# Places what an installation consists of. Each function changes only what isn't so already.
# shellcheck shell=bash disable=SC2034,SC2153,SC2154

# The release that these scripts belong to; its id changes with anything in it.
SOURCE=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
RELEASE=$(<"$SOURCE/RELEASE")

units_changed=no
release_changed=no
# Units that this machine hadn't got.
new_units=()

ensure_account() {
  on_this_machine || return 0
  if ! id "$ACCOUNT" >/dev/null 2>&1; then
    useradd --system --user-group --no-create-home --home-dir "$HOME_DIR" --shell /usr/sbin/nologin "$ACCOUNT"
    done_ "user $ACCOUNT"
  fi
}

# ensure_owned PATH OWNER MODE
ensure_owned() {
  local path=$1 owner=$2 mode=$3
  if [[ $(stat -c %a "$path") != "$mode" ]]; then
    chmod "$mode" "$path"
    done_ "mode $mode of ${path#"$ROOT"}"
  fi
  if on_this_machine && [[ $(stat -c %U:%G "$path") != "$owner" ]]; then
    chown "$owner" "$path"
    done_ "owner $owner of $path"
  fi
}

# ensure_folder PATH OWNER MODE
ensure_folder() {
  local path=$ROOT$1
  if [[ ! -d $path ]]; then
    mkdir -p "$path"
    chmod "$3" "$path"
    on_this_machine && chown "$2" "$path"
    done_ "folder $1"
  fi
  ensure_owned "$path" "$2" "$3"
}

# ensure_link PATH TARGET; whoever follows it meets the old target or the new one, never none.
ensure_link() {
  local path=$ROOT$1
  if [[ $(readlink "$path" || true) != "$2" ]]; then
    ln -sfn "$2" "$path.new"
    mv -T "$path.new" "$path"
    done_ "link $1 -> $2"
  fi
}

# Settings are made once, with the REDIS_URL that the installation was started with. Those kept from an earlier installation belong to a group that is no more.
ensure_settings() {
  if [[ ${REDIS_URL:-} == *[\'$'\n']* ]]; then
    end_with 2 'REDIS_URL has a quote or a line break: percent-encode it'
  fi
  if [[ ! -e $ROOT$SETTINGS ]]; then
    install -D -m 640 "$SOURCE/settings.env" "$ROOT$SETTINGS"
    if [[ -n ${REDIS_URL:-} ]]; then printf "\nREDIS_URL='%s'\n" "$REDIS_URL" >>"$ROOT$SETTINGS"; fi
    done_ "settings $SETTINGS"
    on_this_machine && chown "root:$ACCOUNT" "$SETTINGS"
  elif [[ $(stat -c %G "$ROOT$SETTINGS") == UNKNOWN ]] && on_this_machine; then
    chgrp "$ACCOUNT" "$SETTINGS"
    done_ "group $ACCOUNT of $SETTINGS"
  fi
  if [[ -n ${REDIS_URL:-} ]] && ! grep -qxF "REDIS_URL='$REDIS_URL'" "$ROOT$SETTINGS"; then
    say "REDIS_URL stays as it is in $SETTINGS."
  fi
  return 0
}

# What the API signs tickets with: made once, of random bytes, and known to nobody but the services. Whoever puts another
# one in its place, as that of another machine, keeps it.
ensure_ticket_key() {
  local path=$ROOT$TICKET_KEY
  if [[ ! -s $path ]]; then
    mkdir -p "${path%/*}"
    (umask 077 && od -An -N32 -tx1 /dev/urandom | tr -d ' \n' >"$path.new")
    mv -T "$path.new" "$path"
    done_ "key for tickets $TICKET_KEY"
  fi
  ensure_owned "$path" "root:$ACCOUNT" 640
}

ensure_only() {
  if [[ -e $ROOT$ONLY_FILE ]]; then return; fi
  echo "$only" >"$ROOT$ONLY_FILE"
  done_ "the host agent only ($ONLY_FILE)"
}

# Copies the release beside those that are there. Nothing uses it until switch_to.
place_release() {
  local target=$ROOT$HOME_DIR/lib/$RELEASE need free
  if diff -rq --no-dereference "$SOURCE" "$target" >/dev/null 2>&1; then return; fi
  need=$(du -skx "$SOURCE" | cut -f1)
  free=$(df -Pk "$ROOT$HOME_DIR/lib" | awk 'NR == 2 { print $4 }')
  ((free > need)) ||
    fail "No room for release $RELEASE: $HOME_DIR needs $((need / 1024 + 1)) MB and has $((free / 1024)) MB. Nothing was switched."
  rm -rf "$target.new"
  if ! { cp -R --no-dereference "$SOURCE" "$target.new" && chmod -R u=rwX,go=rX "$target.new"; }; then
    rm -rf "$target.new"
    fail "Release $RELEASE could not be copied to $HOME_DIR/lib: see above. Nothing was switched."
  fi
  rm -rf "$target"
  mv -T "$target.new" "$target"
  release_changed=yes
  done_ "release $RELEASE in $HOME_DIR/lib"
}

# switch_to RELEASE: its programs, static files and units become those of this machine.
switch_to() {
  local release=$1 program unit
  local from=$ROOT$HOME_DIR/lib/$release
  if [[ $(installed_release) != "$release" ]]; then release_changed=yes; fi
  ensure_link "$HOME_DIR/lib/current" "$release"
  is_agent_only || ensure_link "$HOME_DIR/static" lib/current/static
  for program in "$from"/bin/*; do
    program=${program##*/}
    if [[ $program == program ]]; then continue; fi
    if is_agent_only && [[ $program != host-metrics-agent ]]; then continue; fi
    ensure_link "$HOME_DIR/bin/$program" "../lib/current/bin/$program"
  done
  # Programs that only another release has.
  find "$ROOT$HOME_DIR/bin" -xtype l -delete
  for unit in "${UNITS[@]}"; do
    if [[ ! -e $from/units/$unit ]]; then
      drop_unit "$unit"
    elif ! cmp -s "$from/units/$unit" "$ROOT$UNITS_DIR/$unit"; then
      [[ -e $ROOT$UNITS_DIR/$unit ]] || new_units+=("$unit")
      install -D -m 644 "$from/units/$unit" "$ROOT$UNITS_DIR/$unit"
      units_changed=yes
      done_ "unit $unit"
    fi
  done
}

# A release that is gone back to may be older than a service.
drop_unit() {
  local unit=$1
  if [[ ! -e $ROOT$UNITS_DIR/$unit ]]; then return; fi
  if on_this_machine; then systemctl --quiet disable --now "$unit" 2>/dev/null || true; fi
  rm "$ROOT$UNITS_DIR/$unit"
  units_changed=yes
  done_ "no unit $unit any more"
}

# All files but the settings and what switch_to places.
ensure_files() {
  ensure_folder "$HOME_DIR" root:root 755
  ensure_folder "$HOME_DIR/bin" root:root 755
  ensure_folder "$HOME_DIR/lib" root:root 755
  ensure_folder "$HOME_DIR/logs" "$ACCOUNT:$ACCOUNT" 750
  place_release
  ensure_link "$HOME_DIR/lib/node" "$NODE"
  if is_agent_only; then ensure_only; else ensure_ticket_key; fi
}

# Takes away all releases but those named.
keep_releases() {
  local folder
  for folder in "$ROOT$HOME_DIR"/lib/*/; do
    folder=${folder%/}
    [[ -L $folder || " $* " == *" ${folder##*/} "* ]] || rm -rf "$folder"
  done
}
