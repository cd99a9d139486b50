# Prints what zsh would offer at TAB behind the given line: complete.zsh FOLDER-OF-COMPLETIONS LINE
emulate -L zsh
zmodload zsh/zpty
local folder=$1 line=$2 out=$(mktemp)
zpty z env -i PATH=$PATH HOME=$folder TERM=dumb OUT=$out zsh -f -i
{
  zpty -w z "PS1= PS2=; fpath=(${(q)folder} \$fpath); autoload -Uz compinit; compinit -u -D"
  zpty -w z "$(<${0:h}/record-completions.zsh)"
  zpty -w z "print ready >> \$OUT"
  local -i i; local dump
  for ((i = 0; i < 100; i++)); do
    zpty -r -t z dump; [[ $(<$out) == *ready* ]] && break; sleep 0.1
  done
  zpty -w -n z "$line"$'\t'
  for ((i = 0; i < 100; i++)); do
    zpty -r -t z dump; [[ $(<$out) == *offered* ]] && break; sleep 0.1
  done
  print -r -- "${$(<$out)}"
} always {
  zpty -d z
  rm -f $out
}
