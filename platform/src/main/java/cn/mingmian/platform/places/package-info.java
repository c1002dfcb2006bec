/// Where faces are used: the operator, its sites, zones, devices with their signs and areas,
/// checkpoints and the ways in beside the face, with what was measured there.
/// Fed by the places pages and the API, by the ways' heartbeats and by passages.
/// It knows no person: a passage here has a way and two times, never a who.
@NullMarked
package cn.mingmian.platform.places;

import org.jspecify.annotations.NullMarked;
