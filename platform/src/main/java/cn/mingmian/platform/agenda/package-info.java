/// What the law wants today, of everything that is on record, by its date.
/// Fed by the records themselves each time it is asked; it keeps nothing.
/// Does nothing: what it names is done through the door of whoever keeps the record.
@NullMarked
package cn.mingmian.platform.agenda;

import org.jspecify.annotations.NullMarked;
