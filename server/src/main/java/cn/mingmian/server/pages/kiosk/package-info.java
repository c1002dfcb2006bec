/// The page of a checkpoint's terminal: choose a way, the face last and never chosen for anybody.
/// Fed by the terminal's own key; asks the platform's sessions and permits like every caller.
/// Only on the site network; keeps nothing of a person, shows no score.
@NullMarked
package cn.mingmian.server.pages.kiosk;

import org.jspecify.annotations.NullMarked;
