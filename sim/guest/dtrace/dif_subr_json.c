/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * json(text, path): one element of a JSON text.
 *
 * The text is read once, forwards, and what the path does not name is skipped.  A string comes without
 * its quotes and backslashes, an object or array as it is written, null if there is none.
 * Interrupts are off; loads fault softly; the result lies in scratch, where keys are unpacked before.
 */
#include "dtrace/dif_subr.h"

struct dif_json {
	uintptr_t	text;
	size_t		at, end;
	uintptr_t	path;
	size_t		path_at, path_end;
	uint8_t		*out;		/* what was read last, */
	size_t		n, room;	/* so many bytes of it; how many fit */
};

uint8_t
dif_json_char(const struct dif_json *j)
{

	return (j->at < j->end ? dtrace_load8(j->text + j->at) : '\0');
}

/* Returns the next character that is no space, NUL at the end. */
uint8_t
dif_json_peek(struct dif_json *j)
{
	uint8_t c;

	while ((c = dif_json_char(j)) == ' ' || (c >= '\t' && c <= '\r'))
		j->at++;
	return (c);
}

void
dif_json_put(struct dif_json *j, uint8_t c)
{

	if (j->n < j->room)
		j->out[j->n++] = c;
}

/* Reads a string, past its quotes; 0 if it has no end. */
int
dif_json_string(struct dif_json *j)
{
	uint8_t c;

	for (j->at++; j->at < j->end; j->at++) {
		c = dif_json_char(j);
		if (c == '"') {
			j->at++;
			return (1);
		}
		if (c == '\\') {
			if (++j->at >= j->end)
				return (0);
			c = dif_json_char(j);
		}
		dif_json_put(j, c);
	}
	return (0);
}

/* Reads an object or array as it is written; 0 if it has no end. */
int
dif_json_collect(struct dif_json *j)
{
	u_int depth = 0, quoted = 0;
	uint8_t c;

	while (j->at < j->end) {
		c = dif_json_char(j);
		dif_json_put(j, c);
		j->at++;
		if (quoted && c == '\\') {
			if (j->at < j->end)
				dif_json_put(j, dif_json_char(j));
			j->at++;
		}
		if (c == '"')
			quoted = !quoted;
		else if (!quoted && (c == '{' || c == '['))
			depth++;
		else if (!quoted && (c == '}' || c == ']') && --depth == 0)
			return (1);
	}
	return (0);
}

int
dif_json_isnumber(uint8_t c)
{

	return ((c >= '0' && c <= '9') || c == '-' || c == '+' || c == '.' || c == 'e' || c == 'E');
}

/* Reads a word or a number; 0 if there is neither. */
int
dif_json_plain(struct dif_json *j, uint8_t first)
{
	int word = first >= 'a' && first <= 'z', digits = first >= '0' && first <= '9';
	uint8_t c = first;

	if (!word && !digits && first != '-')
		return (0);
	do {
		dif_json_put(j, c);
		j->at++;
		c = dif_json_char(j);
		if (first == '-' && j->n == 1 && !(c >= '0' && c <= '9'))
			return (0);
	} while (word ? c >= 'a' && c <= 'z' : dif_json_isnumber(c));
	return (1);
}

/* Reads the value that begins here into the result; 0 if there is none. */
int
dif_json_value(struct dif_json *j)
{
	uint8_t first = dif_json_peek(j);

	j->n = 0;
	if (dtrace_cpu.flags & CPU_DTRACE_FAULT)
		return (0);
	if (first == '"')
		return (dif_json_string(j));
	if (first == '{' || first == '[')
		return (dif_json_collect(j));
	return (dif_json_plain(j, first));
}

int
dif_json_separates(uint8_t c)
{

	return (c == '.' || c == '[' || c == ']');
}

/* Finds the path's next word, its start in *word; returns its length, 0 at the end. */
size_t
dif_json_word(struct dif_json *j, uintptr_t *word)
{
	size_t n = 0;

	while (j->path_at < j->path_end && dif_json_separates(dtrace_load8(j->path + j->path_at)))
		j->path_at++;
	*word = j->path + j->path_at;
	while (j->path_at + n < j->path_end && !dif_json_separates(dtrace_load8(*word + n)))
		n++;
	j->path_at += n;
	return (n);
}

int
dif_json_iskey(const struct dif_json *j, uintptr_t word, size_t len)
{

	if (j->n != len)
		return (0);
	for (size_t n = 0; n < len; n++)
		if (j->out[n] != dtrace_load8(word + n))
			return (0);
	return (1);
}

/* In an object: goes to the value of a key; 0 if it has none. */
int
dif_json_find_key(struct dif_json *j, uintptr_t word, size_t len)
{

	j->at++;
	while (dif_json_peek(j) == '"') {
		j->n = 0;
		if (!dif_json_string(j) || dif_json_peek(j) != ':')
			return (0);
		j->at++;
		if (dif_json_iskey(j, word, len))
			return (1);
		if (!dif_json_value(j) || dif_json_peek(j) != ',')
			return (0);
		j->at++;
	}
	return (0);
}

/* Returns the number a word begins with, 0 if none; one beyond any text's elements will do for a huge one. */
size_t
dif_json_index(uintptr_t word, size_t len)
{
	size_t index = 0, n = 0;
	uint8_t c;

	while (n < len && ((c = dtrace_load8(word + n)) == ' ' || (c >= '\t' && c <= '\r')))
		n++;
	for (; n < len && (c = dtrace_load8(word + n)) >= '0' && c <= '9'; n++)
		index = MIN(index * 10 + (c - '0'), 0x100000);
	return (index);
}

/* In an array: goes to an element; 0 if there are not so many. */
int
dif_json_find_element(struct dif_json *j, uintptr_t word, size_t len)
{
	size_t index = dif_json_index(word, len);

	j->at++;
	while (index-- > 0) {
		if (!dif_json_value(j) || dif_json_peek(j) != ',')
			return (0);
		j->at++;
	}
	return (1);
}

uint64_t
subr_json(struct dif_machine *m, const struct dtrace_key *args)
{
	size_t size = m->state->strsize, len;
	struct dif_json j = { .text = ARG_ADDR(0), .path = ARG_ADDR(1), .room = size - 1 };
	uintptr_t word;
	uint8_t c;

	j.end = dtrace_strlen(j.text, size);
	j.path_end = dtrace_strlen(j.path, size);
	if ((j.out = dtrace_scratch(m->mstate, size)) == NULL || (dtrace_cpu.flags & CPU_DTRACE_FAULT))
		return (0);
	if ((len = dif_json_word(&j, &word)) == 0)
		return (0);
	do {
		c = dif_json_peek(&j);
		if (c == '{' ? !dif_json_find_key(&j, word, len) : c == '[' ? !dif_json_find_element(&j, word, len) : 1)
			return (0);
	} while ((len = dif_json_word(&j, &word)) != 0);
	if (!dif_json_value(&j))
		return (0);
	j.out[j.n] = '\0';
	return ((uintptr_t)j.out);
}
