/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The pager of files: a file's memory object, whose pages are the root image's pages where they lie.
 * The object is made when a file is first mapped and kept: the vnode holds a reference for good, as
 * cached files do on a machine that is not short of memory.
 *
 * Locking: v_interlock guards v_object; the object's lock its pages.
 */
#include <sys/systm.h>
#include <sys/errno.h>
#include <sys/sdt.h>
#include <sys/vnode.h>
#include <vm/vm.h>
#include <vm/vm_object.h>
#include <vm/vm_page.h>

SDT_PROBE_DEFINE1(vminfo, , vnode_pager_getpage, pgin, "int");
SDT_PROBE_DEFINE1(vminfo, , vnode_pager_getpage, pgpgin, "int");
SDT_PROBE_DEFINE1(vminfo, , vnode_pager_getpage, fspgin, "int");

int
vnode_getpage_pa(struct vnode *vp, vm_ooffset_t off, vm_paddr_t *pa)
{
	return (vp->v_op->vop_getpage(vp, off, pa));
}

int
vnode_size(struct vnode *vp, vm_ooffset_t *size)
{
	struct vattr va;
	int error;

	bzero(&va, sizeof(va));
	error = VOP_GETATTR(vp, &va, NULL);
	*size = va.va_size;
	return (error);
}

/* The file's object with a reference for the caller; NULL for what cannot be mapped. */
vm_object_t
vnode_pager_alloc(struct vnode *vp)
{
	vm_object_t object;
	vm_ooffset_t size;

	if (vp->v_type != VREG || vnode_size(vp, &size) != 0)
		return (NULL);
	mtx_lock(&vp->v_interlock);
	object = vp->v_object;
	mtx_unlock(&vp->v_interlock);
	if (object == NULL) {
		object = vm_object_allocate(OBJT_VNODE, OFF_TO_IDX(size + PAGE_MASK));
		object->handle = vp;
		mtx_lock(&vp->v_interlock);
		vp->v_object = object;		/* its first reference is the vnode's */
		vp->v_usecount++;
		mtx_unlock(&vp->v_interlock);
	}
	vm_object_reference(object);
	return (object);
}

/* The page at pindex, entered into the object when first asked for; NULL beyond the file. */
vm_page_t
vnode_pager_getpage(vm_object_t object, vm_pindex_t pindex)
{
	vm_paddr_t pa;
	vm_page_t m;

	VM_OBJECT_ASSERT_WLOCKED(object);
	m = vm_page_lookup(object, pindex);
	if (m != NULL)
		return (m);
	if (vnode_getpage_pa(object->handle, IDX_TO_OFF(pindex), &pa) != 0)
		return (NULL);
	m = PHYS_TO_VM_PAGE(pa);
	if (m == NULL)
		return (NULL);
	vm_page_image_init(m);
	if (vm_page_insert(m, object, pindex) != 0)
		return (NULL);
	m->valid = VM_PAGE_BITS_ALL;
	SDT_PROBE1(vminfo, , vnode_pager_getpage, pgin, 1);
	SDT_PROBE1(vminfo, , vnode_pager_getpage, pgpgin, 1);
	SDT_PROBE1(vminfo, , vnode_pager_getpage, fspgin, 1);
	return (m);
}

/* The last reference is gone, the vnode's own among them. */
void
vnode_pager_dealloc(vm_object_t object)
{
	struct vnode *vp = object->handle;

	if (vp == NULL)
		return;
	mtx_lock(&vp->v_interlock);
	vp->v_object = NULL;
	mtx_unlock(&vp->v_interlock);
	object->handle = NULL;
	vrele(vp);
}
