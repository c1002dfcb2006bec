/// The keys that face information hangs on: which root and suite were chosen at set-up, and turning
/// epoch, root and gallery while everything runs. Fed by the operator's choice at the command line.
/// It opens the vault and hands it to `templates`; it opens no template and shows no key.
@NullMarked
package cn.mingmian.platform.keys;

import org.jspecify.annotations.NullMarked;
