/// Who works for the operator: accounts, roles that another hand approved, and how a member of
/// staff proves to be themselves, never by the face.
/// Fed by invitations and the login pages. It decides about staff alone, never about a face.
@NullMarked
package cn.mingmian.platform.staff;

import org.jspecify.annotations.NullMarked;
