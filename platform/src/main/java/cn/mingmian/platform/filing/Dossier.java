package cn.mingmian.platform.filing;

import cn.mingmian.platform.documents.Paper;
import cn.mingmian.platform.records.Bilingual;
import java.time.LocalDate;
import java.util.List;

/// What goes to the authority, as the records stand on a day. Immutable.
///
/// @param items   every document, in the order of the article
/// @param outside what only the operator holds, and adds by hand
public record Dossier(LocalDate day, List<Item> items, List<Bilingual> outside) {
  public Dossier {
    items = List.copyOf(items);
    outside = List.copyOf(outside);
  }

  /// Whether every document that is built from the records is complete.
  public boolean complete() {
    return items.stream().allMatch(Item::complete);
  }

  /// One document.
  ///
  /// @param file    its name, without an ending
  /// @param rule    that asks for it
  /// @param missing what is not on record yet
  public record Item(
      String file, Bilingual title, String rule, List<Bilingual> missing, Paper paper) {
    public Item {
      missing = List.copyOf(missing);
    }

    public boolean complete() {
      return missing.isEmpty();
    }
  }
}
