/// What others have ordered or allowed: injunctions, legal holds, emergencies, mandates, statutory
/// periods, exemptions from notice, listings.
/// Fed by staff from documents; a document's hash stands beside each.
/// What restricts counts at once; what allows counts from another person's approval on, never
/// before it was entered.
@NullMarked
package cn.mingmian.platform.orders;

import org.jspecify.annotations.NullMarked;
