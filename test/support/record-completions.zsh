compadd() { local -a hits; local opts=${(j: :)@[1,(i)(-|--)]}; if [[ $opts != *-[a-zA-Z12]#[OAD]\ * ]]; then builtin compadd -O hits "$@"; print -rl -- $hits >> $OUT; fi; builtin compadd "$@" }
tab() { zle complete-word; print offered >> $OUT }
zle -N tab
bindkey '^I' tab
