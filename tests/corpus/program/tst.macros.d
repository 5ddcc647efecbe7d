/* Macro arguments: an integer, a string, a name, and one inside a description. */
$3 { trace($1); trace($$2); trace($$1); trace($pid); trace($target); }
