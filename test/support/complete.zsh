# Prints what zsh would offer at TAB behind each line, and `offered` behind that: complete.zsh FOLDER-OF-COMPLETIONS LINE...
emulate -L zsh
zmodload zsh/zpty
local folder=$1 line out=$(mktemp)
shift

# Until the word stands in the file: 10 s for a shell on a busy machine.
await() {
  local -i i; local seen
  for ((i = 0; i < 200; i++)); do
    zpty -r -t z seen
    [[ $(<$out) == *$1* ]] && return
    sleep 0.05
  done
}

zpty z env -i PATH=$PATH HOME=$folder TERM=dumb OUT=$out zsh -f -i
{
  zpty -w z "PS1= PS2=; fpath=(${(q)folder} \$fpath); autoload -Uz compinit; compinit -u -D"
  zpty -w z "$(<${0:h}/record-completions.zsh)"
  zpty -w z "print ready >> \$OUT"
  await ready
  for line; do
    : > $out
    zpty -w -n z "$line"$'\t'
    await offered
    print -r -- "$(<$out)"
    zpty -w -n z $'\x15' # takes the line away
  done
} always {
  zpty -d z
  rm -f $out
}
