/// The audit trail: every decision, consent, notice, viewing and change becomes an entry of the
/// transparency log, written in the transaction of what it tells.
/// Fed by every other package of the platform; holds the only hands on `cn.mingmian.ledger`.
/// It may not interpret what it records, and puts no personal data and no pseudonym into the log.
@NullMarked
package cn.mingmian.platform.audit;

import org.jspecify.annotations.NullMarked;
