/* Each description of a clause enables its own probes: two that match the same probe fire twice. */
BEGIN, BEGI* { trace(++n); }
