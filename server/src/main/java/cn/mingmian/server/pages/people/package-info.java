/// The pages of the people in front of the camera: notices, receipts, consents, their own portal.
/// Fed by narrow doors of the platform; may be reached from the internet.
/// Looks at no face, compares nothing, and asks nobody for a face to exercise a right.
@NullMarked
package cn.mingmian.server.pages.people;

import org.jspecify.annotations.NullMarked;
