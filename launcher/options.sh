# The words before the command's own: `--home DIR` and `--set KEY=VALUE`, which become FONIO_HOME and FONIO_KEY.
# FONIO_SET lists the keys that were set, so that a misspelled one is refused.

_set_option() {
  local key=${1%%=*} name
  case $1 in
    *=*) ;;
    *) fail 2 "--set $1 has no value: write --set KEY=VALUE, e.g. --set workers=8" ;;
  esac
  case $key in
    '' | *[!A-Za-z0-9_.-]*) fail 2 "--set $1 names no key: a key is made of letters, digits, '_', '.' and '-'" ;;
  esac
  name=$(printf %s "$key" | tr 'a-z.-' 'A-Z__')
  export "FONIO_$name=${1#*=}" "FONIO_SET=${FONIO_SET:+$FONIO_SET,}$key"
}

# Reads the options in front of the rest; `rest` is what follows.
read_options() {
  while [ $# -gt 0 ]; do
    case $1 in
      --home | --set)
        [ $# -ge 2 ] || fail 2 "$1 needs a value: $1 $([ "$1" = --home ] && echo DIR || echo KEY=VALUE)"
        if [ "$1" = --home ]; then export FONIO_HOME=$2; else _set_option "$2"; fi
        shift 2
        ;;
      --home=*) export FONIO_HOME=${1#--home=} && shift ;;
      --set=*) _set_option "${1#--set=}" && shift ;;
      --) shift && break ;;
      *) break ;;
    esac
  done
  rest=("$@")
}
