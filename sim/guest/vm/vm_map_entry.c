/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The entries of a map: the address-ordered list and the splay tree that finds one by address.
 *
 * Locking: the map's sx, exclusive for everything here.
 */
#include <sys/systm.h>
#include <vm/vm.h>
#include <vm/vm_map.h>
#include <vm/vm_object.h>
#include <vm/uma.h>

static uma_zone_t mapentzone;

void
vm_map_entry_init(void)
{
	mapentzone = uma_zcreate("MAP ENTRY", sizeof(struct vm_map_entry), NULL, NULL, NULL, NULL, UMA_ALIGN_PTR, UMA_ZONE_VM);
}

vm_map_entry_t
vm_map_entry_create(void)
{
	return (uma_zalloc(mapentzone, M_WAITOK | M_ZERO));
}

void
vm_map_entry_dispose(vm_map_entry_t entry)
{
	uma_zfree(mapentzone, entry);
}

/* Top-down splay: the entry that contains addr, or a neighbour of where it would be, becomes the root. */
vm_map_entry_t
vm_map_entry_splay(vm_offset_t addr, vm_map_entry_t root)
{
	struct vm_map_entry side = { .left = NULL, .right = NULL };
	vm_map_entry_t smaller = &side, greater = &side, y;

	if (root == NULL)
		return (NULL);
	for (;;) {
		if (addr < root->start) {
			if ((y = root->left) == NULL)
				break;
			if (addr < y->start && y->left != NULL) {
				root->left = y->right;
				y->right = root;
				root = y;
				y = root->left;
			}
			greater->left = root;
			greater = root;
			root = y;
		} else if (addr >= root->end) {
			if ((y = root->right) == NULL)
				break;
			if (addr >= y->end && y->right != NULL) {
				root->right = y->left;
				y->left = root;
				root = y;
				y = root->right;
			}
			smaller->right = root;
			smaller = root;
			root = y;
		} else
			break;
	}
	smaller->right = root->left;
	greater->left = root->right;
	root->left = side.right;
	root->right = side.left;
	return (root);
}

void
vm_map_entry_splay_lookup(vm_map_t map, vm_offset_t addr)
{
	map->root = vm_map_entry_splay(addr, map->root);
}

/* Adds entry after `after` (the header: as the first); the range must be free. */
void
vm_map_entry_link(vm_map_t map, vm_map_entry_t after, vm_map_entry_t entry)
{
	map->nentries++;
	entry->prev = after;
	entry->next = after->next;
	after->next->prev = entry;
	after->next = entry;
	entry->left = entry->right = NULL;
	if (map->root != NULL) {
		map->root = vm_map_entry_splay(entry->start, map->root);
		if (entry->start < map->root->start) {
			entry->right = map->root;
			entry->left = map->root->left;
			map->root->left = NULL;
		} else {
			entry->left = map->root;
			entry->right = map->root->right;
			map->root->right = NULL;
		}
	}
	map->root = entry;
}

void
vm_map_entry_unlink(vm_map_t map, vm_map_entry_t entry)
{
	vm_map_entry_t root = vm_map_entry_splay(entry->start, map->root), left;

	KASSERT(root == entry, ("vm_map_entry_unlink: entry %p is not in the tree", entry));
	if (root->left == NULL)
		map->root = root->right;
	else {
		left = vm_map_entry_splay(entry->start, root->left);
		left->right = root->right;
		map->root = left;
	}
	entry->prev->next = entry->next;
	entry->next->prev = entry->prev;
	map->nentries--;
}

/* Splits entry at addr inside it; the new entry is the upper part. */
void
vm_map_entry_split(vm_map_t map, vm_map_entry_t entry, vm_offset_t addr)
{
	vm_map_entry_t upper = vm_map_entry_create();

	*upper = *entry;
	upper->start = addr;
	upper->offset += addr - entry->start;
	upper->avail_ssize = 0;
	entry->end = addr;
	if (upper->object.vm_object != NULL)
		vm_object_reference(upper->object.vm_object);
	vm_map_entry_link(map, entry, upper);
}

/* Makes entry, which contains start, begin there and not go beyond end. */
void
vm_map_clip(vm_map_t map, vm_map_entry_t entry, vm_offset_t start, vm_offset_t end)
{
	if (entry->start < start) {
		vm_map_entry_split(map, entry, start);
		entry = entry->next;
	}
	if (entry->end > end)
		vm_map_entry_split(map, entry, end);
}

/* The entry that contains addr and TRUE, or the one before it (perhaps the header) and FALSE. */
boolean_t
vm_map_lookup_entry(vm_map_t map, vm_offset_t addr, vm_map_entry_t *entry)
{
	vm_map_entry_t cur = map->root;
	boolean_t locked;

	if (cur == NULL) {
		*entry = &map->header;
		return (FALSE);
	}
	if (addr >= cur->start && addr < cur->end) {
		*entry = cur;
		return (TRUE);
	}
	if ((locked = sx_xlocked(&map->lock)) || sx_try_upgrade(&map->lock)) {
		map->root = cur = vm_map_entry_splay(addr, cur);
		if (!locked)
			sx_downgrade(&map->lock);
	} else
		while (!(addr >= cur->start && addr < cur->end) && (addr < cur->start ? cur->left : cur->right) != NULL)
			cur = addr < cur->start ? cur->left : cur->right;
	*entry = addr >= cur->start ? cur : cur->prev;
	return (addr >= cur->start && addr < cur->end);
}
