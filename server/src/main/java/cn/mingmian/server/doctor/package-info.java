/// Examines an installation: machine, models, keys, records, clock, log and the five families of
/// protection. Fed by the machine itself and by the platform's doors.
/// It changes nothing but the evidence that the self-checks leave.
@NullMarked
package cn.mingmian.server.doctor;

import org.jspecify.annotations.NullMarked;
