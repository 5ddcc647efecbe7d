# SPDX-License-Identifier: GPL-2.0-or-later
"""Names for port numbers (printf's %P): the well-known services of IANA's registry that a system of 2015 talks to.

A table, not the host's /etc/services: the same trace prints the same text everywhere.
"""

from __future__ import annotations

_TABLE = """
7 echo  9 discard  13 daytime  20 ftp-data  21 ftp  22 ssh  23 telnet  25 smtp  37 time  43 whois  53 domain  67 bootps
68 bootpc  69 tftp  70 gopher  79 finger  80 http  88 kerberos-sec  110 pop3  111 sunrpc  119 nntp  123 ntp
137 netbios-ns  138 netbios-dgm  139 netbios-ssn  143 imap  161 snmp  162 snmptrap  179 bgp  194 irc  389 ldap
443 https  445 microsoft-ds  465 smtps  514 shell  515 printer  520 router  543 klogin  587 submission  631 ipp
636 ldaps  873 rsync  989 ftps-data  990 ftps  993 imaps  995 pop3s  2049 nfsd  3306 mysql  5432 postgresql
6000 x11  6667 ircd
"""
_WORDS = _TABLE.split()
SERVICES = {int(number): name for number, name in zip(_WORDS[::2], _WORDS[1::2], strict=True)}


def describe_port(port: int) -> str:
    """Returns the service's name, the number if it has none."""
    return SERVICES.get(port, str(port))
