package cn.mingmian.platform.people;

import cn.mingmian.platform.places.SiteId;
import cn.mingmian.platform.purposes.PurposeId;

/// The templates of one purpose at one site.
///
/// @param vaultId 32 hexadecimal digits: the name of the gallery in the vault
public record Gallery(PurposeId purpose, SiteId site, String vaultId) {}
