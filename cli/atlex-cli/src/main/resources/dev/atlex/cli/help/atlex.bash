# Completion of atlex for bash. It starts no process: everything it suggests is in this file.
#   atlex completion bash > ~/.local/share/bash-completion/completions/atlex    (read by bash-completion when needed)
#   source <(atlex completion bash)                                             (without bash-completion)

_atlex_methods='@METHODS@'

# Each function sets REPLY to words.
_atlex_options() {
  case $1 in
@OPTIONS@
    *) REPLY='@ROOT_OPTIONS@' ;;
  esac
}

_atlex_arguments() {
  case $1 in
@ARGUMENTS@
    *) REPLY= ;;
  esac
}

_atlex_argument_values() {
  case $1 in
@ARGUMENT_VALUES@
    *) REPLY= ;;
  esac
}

_atlex_option_values() {
  case $1 in
@OPTION_VALUES@
    *) REPLY= ;;
  esac
}

# Sets REPLY to the methods that continue $1, cut after the next dot, or else to those whose own name begins with $1.
_atlex_complete_methods() {
  local method rest last=
  REPLY=
  for method in $_atlex_methods; do
    if [[ $method == "$1"* ]]; then
      rest=${method:${#1}}
      [[ $rest != *.* ]] || method=$1${rest%%.*}.
      [[ $method == "$last" ]] || REPLY+=" $method"
      last=$method
    fi
  done
  if [[ -z $REPLY && -n $1 && $1 != *.* ]]; then
    for method in $_atlex_methods; do
      [[ $method != *".$1"* || ${method##*.} != "$1"* ]] || REPLY+=" $method"
    done
  fi
}

_atlex() {
  local line=${COMP_LINE:0:COMP_POINT} cur= prev= cmd= argument= word option= any= REPLY= i
  local -a words candidates=()
  read -ra words <<< "$line"
  if [[ $line != *[[:space:]] ]]; then
    cur=${words[${#words[@]} - 1]}
    unset "words[${#words[@]}-1]"
  fi
  for ((i = 1; i < ${#words[@]}; i++)); do
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
  prev=$option
  local value=$cur before=
  if [[ -z $prev && $cur == --*=* ]]; then
    prev=${cur%%=*} value=${cur#*=} before=${cur%%=*}=
  fi

  COMPREPLY=()
  if [[ -n $prev ]]; then
    _atlex_option_values "$prev"
    case $prev in
      @FILE_OPTIONS@) mapfile -t candidates < <(compgen -f -- "$value"); any=1; compopt -o filenames 2> /dev/null ;;
      @FOLDER_OPTIONS@) mapfile -t candidates < <(compgen -d -- "$value"); any=1; compopt -o filenames 2> /dev/null ;;
    esac
  elif [[ $cur == -* ]]; then
    _atlex_options "$cmd"
  elif [[ -z $cmd ]]; then
    REPLY='@COMMANDS@'
  elif [[ $cmd == help && -z $argument ]]; then
    _atlex_complete_methods "$cur"
    REPLY+=' @COMMANDS@'
    any=1
  elif [[ $cmd == completion && -z $argument ]]; then
    REPLY='bash zsh fish'
  elif [[ ($cmd == methods || $cmd == call) && -z $argument ]]; then
    _atlex_complete_methods "$cur"
    any=1
  elif [[ $cmd == call ]]; then
    if [[ $cur == @* || $cur == *=@* ]]; then
      before=${cur%%@*}@ value=${cur#*@} any=1
      mapfile -t candidates < <(compgen -f -- "$value")
    elif [[ $cur == *=* ]]; then
      before=${cur%%=*}= value=${cur#*=}
      word=${cur%%=*}
      _atlex_argument_values "$argument ${word%:}"
    else
      _atlex_arguments "$argument"
    fi
  else
    case $cmd in
      @FILE_COMMANDS@) mapfile -t candidates < <(compgen -f -- "$cur"); compopt -o filenames 2> /dev/null ;;
    esac
  fi

  for word in $REPLY; do
    # Methods were chosen above, and may match by their last part.
    if [[ $word == "$value"* || (-n $any && $word == *.*) ]]; then
      candidates+=("$word")
    fi
  done
  # Readline replaces only the part after the last character that breaks words. It keeps an @ with the word behind it.
  local breaks=${COMP_WORDBREAKS//[^=:]/} tail=$cur strip
  [[ -z $breaks ]] || tail=${cur##*[$breaks]}
  strip=${cur%"$tail"}
  for word in "${candidates[@]}"; do
    word=$before$word
    COMPREPLY+=("${word#"$strip"}")
    case $word in
      *= | *.) compopt -o nospace 2> /dev/null ;;
    esac
  done
}

complete -F _atlex atlex
