/* A key that is a string at its first use is one at the next, whatever text stands there. */
struct named { char text[6]; };
this struct named n;
fbt::malloc:entry { this->n.text[0] = 'a'; this->n.text[1] = 'b'; }
fbt::malloc:entry { @["ab", 1] = count(); @[this->n.text, 1] = count(); }
fbt::malloc:entry { @["cd", 1] = count(); @[(char *)&this->n.text[1], 2] = count(); }
