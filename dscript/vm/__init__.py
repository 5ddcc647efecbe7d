# SPDX-License-Identifier: GPL-2.0-or-later
"""The reference DIF interpreter: needs no machine; what the guest does must agree with it."""

from dscript.vm.actions import Datum
from dscript.vm.faults import Fault
from dscript.vm.host import signed
from dscript.vm.kernel import FakeKernel
from dscript.vm.machine import Machine
from dscript.vm.memory import Memory
from dscript.vm.run import ErrorRecord, Firing, Record, Run

__all__ = ["Datum", "ErrorRecord", "FakeKernel", "Fault", "Firing", "Machine", "Memory", "Record", "Run", "signed"]
