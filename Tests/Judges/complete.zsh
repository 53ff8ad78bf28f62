#!/usr/bin/env zsh
# What a shell offers for each line of standard input when TAB is pressed behind it, and for bash the
# line as it stands then: `complete.zsh zsh|bash SCRIPT`, with the completion script of that shell.
# The shell runs as a person's would, on a terminal of its own; only its report is ours.
zmodload zsh/zpty || exit 2
await() { zpty -r -m judge shown "*$1*" || exit 1 }
case $1 in
  zsh)
    zpty judge zsh -f -i
    # Every call of compadd that adds matches tells them.
    zpty -w judge 'PROMPT=; stty -echo
fpath=('${(q)2:h}' $fpath)
autoload -Uz compinit && compinit -u -D
compadd() {
  if [[ ${@[1,(i)(-|--)]} == *-(O|A|D)\ * ]]; then builtin compadd "$@"; return; fi
  local -a hits
  builtin compadd -A hits "$@"
  print -l -- "" ${hits/#/offer:}
  builtin compadd "$@"
}
offer() { compstate[list]= compstate[insert]=; _main_complete; print -l "" "end"-offer }
zle -C offer complete-word offer
bindkey "^I" offer
print "rea"dy' ;;
  bash)
    zpty judge bash --norc --noprofile -i
    zpty -w judge 'PS1=; stty -echo; bind "set enable-bracketed-paste off"; bind "set bell-style none"
source '${(q)2}'
offer() {
  _settlesim "$@"
  printf "\noffer:%s" "${COMPREPLY[@]}"
  echo
}
$(complete -p settlesim | sed "s/-F _settlesim/-F offer/")
bind -x '\''"\C-t": printf "\nline:%s\nend%s\n" "$READLINE_LINE" -offer'\''
echo "rea"dy' ;;
esac
await ready
while IFS= read -r line; do
  zpty -n -w judge "$line"$'\t'
  [[ $1 == zsh ]] || zpty -n -w judge $'\C-t'
  await end-offer
  print -r -- "== $line"
  print -r -- "$shown" | tr -d '\r' | sed -n 's/^offer:\(.\)/\1/p' | LC_ALL=C sort -u
  print -r -- "$shown" | tr -d '\r' | sed -n 's/^line:/-> /p'
  zpty -n -w judge $'\C-u'
done
zpty -d judge
