/// Notices attacks in what the operations report, and stops what is attacked until a person has
/// looked: a checkpoint, a person there, a device, a sender, or all faces.
/// Fed with signals by recognition, login and devices, and by its own watch over clock and files.
/// It decides nothing about a face: what it suspends, the rulebook refuses.
@NullMarked
package cn.mingmian.platform.defence;

import org.jspecify.annotations.NullMarked;
