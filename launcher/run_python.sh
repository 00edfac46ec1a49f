# `fonio run` of a Python script, or of a folder with a main.py.
#
# A folder with locked requirements runs in a private environment. Anything else runs in the user's own Python, with
# fonio and what it needs in front of its path.

# The lock of FOLDER: requirements.lock, or a requirements.txt in which every line is pinned.
_lock_of() {
  local folder=$1
  if [ -f "$folder/requirements.lock" ]; then
    echo "$folder/requirements.lock"
  elif [ -f "$folder/requirements.txt" ] && ! sed 's/[[:space:]]*#.*//; /^[[:space:]]*$/d; /^-/d' "$folder/requirements.txt" | grep -qv '=='; then
    echo "$folder/requirements.txt"
  fi
}

# Sets `interpreter`, a Python that can import fonio, for what stands in FOLDER.
python_for() {
  local lock=
  find_python
  [ -z "$1" ] || lock=$(_lock_of "$1")
  local envs=${FONIO_ENVS:-$root/.fonio/envs}
  if [ -n "$lock" ]; then
    environment "$envs" "$lock" "$root/python/requirements.txt"
    unset PYTHONPATH PYTHONHOME
    export VIRTUAL_ENV=$environment PATH=$environment/bin:$PATH
    interpreter=$environment/bin/python
  else
    environment "$envs" "$root/python/requirements.txt"
    export PYTHONPATH=$root/python/src:$environment/lib/python$python_version/site-packages${PYTHONPATH:+:$PYTHONPATH}
    interpreter=$python
  fi
}

run_python() {
  local path=$1 folder
  folder=$path
  [ -d "$path" ] || folder=$(dirname "$path")
  need_engine
  python_for "$folder"
  need_aot_cache "$interpreter"
  exec "$interpreter" -m fonio.run "$@"
}
