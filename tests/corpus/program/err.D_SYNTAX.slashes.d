BEGIN { // comment
}
