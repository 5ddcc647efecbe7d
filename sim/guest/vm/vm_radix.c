/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The page trie of an object.  A node has 16 slots; at height 1 they are pages, above that nodes.
 *
 * Nodes come from a UMA zone without sleeping.  Guarded by the object's lock.
 */
#include <sys/systm.h>
#include <vm/vm_radix.h>
#include <vm/vm_page.h>
#include <vm/uma.h>

#define RADIX_WIDTH	4
#define RADIX_COUNT	(1 << RADIX_WIDTH)
#define RADIX_MASK	(RADIX_COUNT - 1)
#define RADIX_LIMIT	8		/* levels a 32-bit index needs */

struct vm_radix_node {
	void	*rn_child[RADIX_COUNT];
	u_int	rn_count;
};

static uma_zone_t vm_radix_node_zone;

void
vm_radix_init(void)
{
	vm_radix_node_zone = uma_zcreate("RADIX NODE", sizeof(struct vm_radix_node), NULL, NULL, NULL, NULL,
	    UMA_ALIGN_PTR, UMA_ZONE_VM);
}

u_int
vm_radix_slot(vm_pindex_t index, u_int level)
{
	return (index >> ((level - 1) * RADIX_WIDTH) & RADIX_MASK);
}

/* Levels needed to hold index. */
u_int
vm_radix_height(vm_pindex_t index)
{
	return (index == 0 ? 1 : (u_int)howmany(fls((int)index), RADIX_WIDTH));
}

struct vm_radix_node *
vm_radix_node_get(void)
{
	return (uma_zalloc(vm_radix_node_zone, M_NOWAIT | M_ZERO));
}

/* Adds levels above the root until index fits. */
int
vm_radix_grow(struct vm_radix *rtree, u_int height)
{
	struct vm_radix_node *node;

	while (rtree->rt_height < height) {
		if ((node = vm_radix_node_get()) == NULL)
			return (ENOMEM);
		if (rtree->rt_height > 0) {
			node->rn_child[0] = rtree->rt_root;
			node->rn_count = 1;
		}
		rtree->rt_root = node;
		rtree->rt_height++;
	}
	return (0);
}

int
vm_radix_insert(struct vm_radix *rtree, struct vm_page *page)
{
	struct vm_radix_node *node, *child;
	u_int level, slot;

	if (vm_radix_grow(rtree, vm_radix_height(page->pindex)) != 0)
		return (ENOMEM);
	node = rtree->rt_root;
	for (level = rtree->rt_height; level > 1; level--) {
		slot = vm_radix_slot(page->pindex, level);
		child = node->rn_child[slot];
		if (child == NULL) {
			if ((child = vm_radix_node_get()) == NULL) {
				if (rtree->rt_height > 0)
					vm_radix_remove(rtree, page->pindex);
				return (ENOMEM);
			}
			node->rn_child[slot] = child;
			node->rn_count++;
		}
		node = child;
	}
	slot = vm_radix_slot(page->pindex, 1);
	KASSERT(node->rn_child[slot] == NULL, ("vm_radix_insert: page %u is already there", page->pindex));
	node->rn_child[slot] = page;
	node->rn_count++;
	return (0);
}

struct vm_page *
vm_radix_lookup(struct vm_radix *rtree, vm_pindex_t index)
{
	struct vm_radix_node *node = rtree->rt_root;
	u_int level;

	if (vm_radix_height(index) > rtree->rt_height)
		return (NULL);
	for (level = rtree->rt_height; level > 1 && node != NULL; level--)
		node = node->rn_child[vm_radix_slot(index, level)];
	return (node == NULL ? NULL : node->rn_child[vm_radix_slot(index, 1)]);
}

/* Takes out whatever is at index, and every node on the way that is empty then. */
void
vm_radix_remove(struct vm_radix *rtree, vm_pindex_t index)
{
	struct vm_radix_node *path[RADIX_LIMIT + 1], *node = rtree->rt_root;
	u_int level, slot;

	if (vm_radix_height(index) > rtree->rt_height)
		return;
	for (level = rtree->rt_height; level > 1; level--) {
		path[level] = node;
		if (node->rn_child[vm_radix_slot(index, level)] == NULL)
			goto prune;
		node = node->rn_child[vm_radix_slot(index, level)];
	}
	path[1] = node;
	slot = vm_radix_slot(index, 1);
	if (node->rn_child[slot] != NULL) {
		node->rn_child[slot] = NULL;
		node->rn_count--;
	}
prune:
	for (; level <= rtree->rt_height && path[level]->rn_count == 0; level++) {
		uma_zfree(vm_radix_node_zone, path[level]);
		if (level == rtree->rt_height) {
			rtree->rt_root = NULL;
			rtree->rt_height = 0;
			return;
		}
		path[level + 1]->rn_child[vm_radix_slot(index, level + 1)] = NULL;
		path[level + 1]->rn_count--;
	}
}

void
vm_radix_free_subtree(struct vm_radix_node *node, u_int level)
{
	if (node == NULL)
		return;
	for (int i = 0; level > 1 && i < RADIX_COUNT; i++)
		vm_radix_free_subtree(node->rn_child[i], level - 1);
	uma_zfree(vm_radix_node_zone, node);
}

/* Frees all nodes, whatever pages they lead to. */
void
vm_radix_reclaim_allnodes(struct vm_radix *rtree)
{
	if (rtree->rt_height > 0)
		vm_radix_free_subtree(rtree->rt_root, rtree->rt_height);
	rtree->rt_root = NULL;
	rtree->rt_height = 0;
}
