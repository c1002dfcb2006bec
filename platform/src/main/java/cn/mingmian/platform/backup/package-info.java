/// Backups in three parts that are kept apart: records with the log may go off-site, sealed faces
/// stay on site, keys lie with neither. Fed by the operator's command; puts them back, and leaves
/// what the log knows better to its recovery. It opens no template.
@NullMarked
package cn.mingmian.platform.backup;

import org.jspecify.annotations.NullMarked;
