#compdef atlex
# Completion of atlex for zsh. It starts no process: everything it suggests is in this file.
#   atlex completion zsh > "${fpath[1]}/_atlex"     (a folder of $fpath; then start a new shell)
#   source <(atlex completion zsh)                  (after compinit)

_atlex_options() {
  local -a options
  case $1 in
@OPTIONS@
    *) options=(@ROOT_OPTIONS@) ;;
  esac
  _describe -o option options
}

_atlex_arguments() {
  case $1 in
@ARGUMENTS@
  esac
}

_atlex_argument_values() {
  case $1 in
@ARGUMENT_VALUES@
  esac
}

_atlex_option_values() {
  case $1 in
@OPTION_VALUES@
    @FILE_OPTIONS@) _files ;;
    @FOLDER_OPTIONS@) _files -/ ;;
  esac
}

_atlex_commands() {
  local -a commands
  commands=(
@COMMANDS@
  )
  _describe -t commands command commands
}

_atlex_methods() {
  local method
  local -a methods short
  methods=(
@METHODS@
  )
  if [[ -n $PREFIX && $PREFIX != *.* && -z ${(M)methods:#$PREFIX*} ]]; then
    # The name of a method without its namespace.
    for method in $methods; do
      [[ ${method##*.} != $PREFIX* ]] || short+=($method)
    done
    compadd -U -a short
  else
    _multi_parts . methods
  fi
}

_atlex() {
  local cmd= argument= word= option= i
  for ((i = 2; i < CURRENT; i++)); do
    word=${words[i]}
    if [[ -n $option ]]; then
      option=
    elif [[ $word == -* ]]; then
      case $word in
        @VALUE_OPTIONS@) option=$word ;;
      esac
    elif [[ -z $cmd ]]; then
      cmd=$word
    elif [[ -z $argument ]]; then
      argument=$word
    fi
  done

  if [[ -n $option ]]; then
    _atlex_option_values $option
  elif [[ $PREFIX == --*=* ]]; then
    option=${PREFIX%%=*}
    compset -P '*='
    _atlex_option_values $option
  elif [[ $PREFIX == -* ]]; then
    _atlex_options "$cmd"
  elif [[ -z $cmd ]]; then
    _atlex_commands
  elif [[ $cmd == help && -z $argument ]]; then
    _atlex_commands
    _atlex_methods
  elif [[ $cmd == completion && -z $argument ]]; then
    compadd bash zsh fish
  elif [[ ($cmd == methods || $cmd == call) && -z $argument ]]; then
    _atlex_methods
  elif [[ $cmd == call ]]; then
    if [[ $PREFIX == (@|*=@)* ]]; then
      compset -P '*@'
      _files
    elif [[ $PREFIX == *=* ]]; then
      word=${PREFIX%%=*}
      compset -P '*='
      _atlex_argument_values "$argument ${word%:}"
    else
      _atlex_arguments $argument
    fi
  else
    case $cmd in
      @FILE_COMMANDS@) _files ;;
    esac
  fi
}

if [[ $funcstack[1] == _atlex ]]; then
  _atlex "$@"
else
  compdef _atlex atlex
fi
