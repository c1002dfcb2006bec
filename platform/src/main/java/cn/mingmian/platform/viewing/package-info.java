/// Staff look at what is held of one person: the one way in, under a permit for `ACCESS`.
/// Fed by the register of viewings, which another hand approved.
/// Shows records, never a template; shows one person, never a list.
@NullMarked
package cn.mingmian.platform.viewing;

import org.jspecify.annotations.NullMarked;
