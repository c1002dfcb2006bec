package cn.mingmian.platform.staff;

import cn.mingmian.platform.audit.Books;
import cn.mingmian.platform.audit.Entry;
import cn.mingmian.platform.audit.Kind;
import cn.mingmian.platform.records.Actor;
import cn.mingmian.platform.records.RejectedRecordException;
import cn.mingmian.platform.records.Rows;
import cn.mingmian.platform.records.UnknownRecordException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.dao.DuplicateKeyException;

/// The accounts of the operator's staff. Every grant of roles is written by one and approved by
/// another, neither of whom is the one who gets them: a made-up colleague takes two to make.
/// Thread-safe.
public final class Staff {
  /// An inspector's visit lasts at most this long; a longer one is granted again.
  public static final Duration LONGEST_VISIT = Duration.ofDays(30);

  /// Who wrote the accounts of the first start: nobody was there to.
  static final Actor FIRST_START = Actor.system("first-start");

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9._-]{1,31}");

  private static final String SELECT =
      """
      SELECT s.*, g.roles, g.until_at, coalesce(c.ready, false) AS ready
      FROM staff s
      LEFT JOIN staff_credential c ON c.staff = s.id
      LEFT JOIN LATERAL (
        SELECT roles, until_at FROM staff_grant
        WHERE staff = s.id AND (approved_at IS NOT NULL OR author = 'system:first-start')
        ORDER BY coalesce(approved_at, written_at) DESC, number DESC LIMIT 1) g ON true
      """;

  private final Books books;
  private final Invitations invitations;

  public Staff(Books books) {
    this.books = books;
    this.invitations = new Invitations(books);
  }

  Invitations invitations() {
    return invitations;
  }

  /// The two accounts of a first start: an officer who also runs the machine, and a deputy who also
  /// keeps the accounts. Author and approver differ from the first minute on; a third hand watches
  /// once the two have invited it.
  ///
  /// @return those that nobody has set up yet, each with a fresh code; empty once one works
  public List<First> first() {
    return books
        .database()
        .inTransaction(
            () -> {
              books.database().sql().sql("LOCK TABLE staff IN EXCLUSIVE MODE").update();
              if (all().isEmpty()) {
                write(
                    insert("officer"),
                    Set.of(Role.PRIVACY_OFFICER, Role.SYSTEM_ADMIN),
                    Optional.empty(),
                    FIRST_START);
                write(
                    insert("deputy"),
                    Set.of(Role.APPROVER, Role.SECURITY_ADMIN),
                    Optional.empty(),
                    FIRST_START);
              }
              return all().stream().anyMatch(Account::ready)
                  ? List.of()
                  : ofFirstStart().stream()
                      .map(grant -> new First(require(grant.staff()), whole(grant)))
                      .toList();
            });
  }

  private String whole(Grant grant) {
    return invitations.begin(grant.id(), grant.staff())
        + "-"
        + invitations.complete(grant.id()).orElseThrow();
  }

  private List<Grant> ofFirstStart() {
    return books
        .database()
        .sql()
        .sql(
            """
            SELECT g.*, s.name FROM staff_grant g JOIN staff s ON s.id = g.staff
            WHERE g.author = 'system:first-start' ORDER BY g.number
            """)
        .query(Staff::grant)
        .list();
  }

  /// A grant that was written, and the author's half of the one-time code with which the account is
  /// set up; the approver gets the other half. Shown once.
  public record Invited(Grant grant, String half) {}

  /// A grant that was approved.
  ///
  /// @param half the approver's half of the one-time code, if this grant invites
  public record Approved(Grant grant, Optional<String> half) {}

  /// An account of the first start with its whole one-time code.
  public record First(Account account, String code) {}

  /// Invites somebody: an account whose roles wait for another hand's approval.
  ///
  /// @param name 2 to 32 of `a-z 0-9 . _ -`, a letter first
  /// @throws RejectedRecordException `staff-name-malformed`, `staff-name-taken`, `role-missing`,
  ///     `administrators-in-one-hand`, `inspector-without-end`, `until-is-past`
  public Invited invite(String name, Set<Role> roles, Optional<Instant> until, Actor author) {
    if (!NAME.matcher(name).matches()) {
      throw new RejectedRecordException(
          "staff-name-malformed",
          "`%s` is no login name: expected 2 to 32 of `a-z 0-9 . _ -`, a letter first"
              .formatted(name.length() > 40 ? name.substring(0, 40) + "…" : name));
    }
    return books
        .database()
        .inTransaction(
            () -> {
              StaffId id = insert(name);
              String grant = write(id, checked(roles, until), until, author);
              return new Invited(grant(grant), invitations.begin(grant, id));
            });
  }

  /// Invites somebody anew who has lost password or second factor. Until the other hand approves it
  /// the old ones work; from then on only the code does.
  public Invited renew(StaffId id, Actor author) {
    return books
        .database()
        .inTransaction(
            () -> {
              Account account = require(id);
              Grant grant = change(id, account.roles(), account.until(), author);
              return new Invited(grant, invitations.begin(grant.id(), id));
            });
  }

  /// Writes other roles for an account; the present ones stay until these are approved.
  ///
  /// @throws RejectedRecordException as [#invite], and `grants-to-oneself`, `account-ended`
  public Grant change(StaffId id, Set<Role> roles, Optional<Instant> until, Actor author) {
    return books
        .database()
        .inTransaction(
            () -> {
              Account account = require(id);
              if (account.endedAt().isPresent()) {
                throw new RejectedRecordException(
                    "account-ended", "account `%s` has ended".formatted(account.name()));
              }
              refuseOneself(id, author);
              return grant(write(id, checked(roles, until), until, author));
            });
  }

  /// Approves a grant: its roles count from now on, instead of those before.
  ///
  /// @throws RejectedRecordException `author-is-approver`, `grants-to-oneself`, `approved-already`
  public Approved approve(String grant, Actor approver) {
    return books
        .database()
        .inTransaction(
            () -> {
              Grant written = grant(grant);
              RejectedRecordException.refuseSameHand(written.author(), approver);
              refuseOneself(written.staff(), approver);
              int changed =
                  books
                      .database()
                      .sql()
                      .sql(
                          """
                          UPDATE staff_grant SET approver = :by, approved_at = :now
                          WHERE id = :id AND approved_at IS NULL
                          """)
                      .param("by", approver.id())
                      .param("now", Books.utc(books.now()))
                      .param("id", grant)
                      .update();
              if (changed == 0) {
                throw new RejectedRecordException(
                    "approved-already", "grant `%s` is approved already".formatted(grant));
              }
              tell("GRANT_APPROVED", written.staff(), written.roles(), approver);
              return new Approved(grant(grant), invitations.complete(grant));
            });
  }

  /// Ends an account and its sessions at once, for good. Two hands are needed to give, one to take.
  public void end(StaffId id, Actor by) {
    books
        .database()
        .transact(
            () -> {
              Account account = require(id);
              if (account.endedAt().isPresent()) return;
              books
                  .database()
                  .sql()
                  .sql("UPDATE staff SET ended_at = :now, ended_by = :by WHERE id = :id")
                  .param("now", Books.utc(books.now()))
                  .param("by", by.id())
                  .param("id", id.value())
                  .update();
              for (String table : List.of("staff_session", "staff_invitation")) {
                books
                    .database()
                    .sql()
                    .sql("DELETE FROM " + table + " WHERE staff = :id")
                    .param("id", id.value())
                    .update();
              }
              tell("ENDED", id, account.roles(), by);
            });
  }

  public Optional<Account> find(StaffId id) {
    return books
        .database()
        .sql()
        .sql(SELECT + " WHERE s.id = :id")
        .param("id", id.value())
        .query(Staff::account)
        .optional();
  }

  public Account require(StaffId id) {
    return find(id).orElseThrow(() -> new UnknownRecordException("staff", id.value()));
  }

  Optional<Account> byName(String name) {
    return books
        .database()
        .sql()
        .sql(SELECT + " WHERE s.name = :name")
        .param("name", name)
        .query(Staff::account)
        .optional();
  }

  /// Every account, ended ones included, in the order in which they were made.
  public List<Account> all() {
    return books
        .database()
        .sql()
        .sql(SELECT + " ORDER BY s.created_at, s.name DESC")
        .query(Staff::account)
        .list();
  }

  /// Grants that wait for approval, oldest first.
  public List<Grant> waiting() {
    return books
        .database()
        .sql()
        .sql(
            """
            SELECT g.*, s.name FROM staff_grant g JOIN staff s ON s.id = g.staff
            WHERE g.approved_at IS NULL AND g.author <> 'system:first-start'
              AND s.ended_at IS NULL ORDER BY g.number
            """)
        .query(Staff::grant)
        .list();
  }

  private Grant grant(String id) {
    return books
        .database()
        .sql()
        .sql(
            """
            SELECT g.*, s.name FROM staff_grant g JOIN staff s ON s.id = g.staff
            WHERE g.id = :id FOR UPDATE OF g
            """)
        .param("id", id)
        .query(Staff::grant)
        .optional()
        .orElseThrow(() -> new UnknownRecordException("grant", id));
  }

  private StaffId insert(String name) {
    StaffId id = new StaffId(books.ids().next(StaffId.PREFIX));
    try {
      books
          .database()
          .sql()
          .sql("INSERT INTO staff (id, name, created_at) VALUES (:id, :name, :now)")
          .param("id", id.value())
          .param("name", name)
          .param("now", Books.utc(books.now()))
          .update();
    } catch (DuplicateKeyException taken) {
      throw new RejectedRecordException(
          "staff-name-taken", "an account `%s` exists already".formatted(name));
    }
    return id;
  }

  private String write(StaffId id, Set<Role> roles, Optional<Instant> until, Actor author) {
    String grant = books.ids().next("gra");
    books
        .database()
        .sql()
        .sql(
            """
            INSERT INTO staff_grant (id, staff, roles, until_at, author, written_at)
            VALUES (:id, :staff, CAST(:roles AS text[]), :until, :author, :now)
            """)
        .param("id", grant)
        .param("staff", id.value())
        .param("roles", Rows.array(roles))
        .param("until", until.map(Books::utc).orElse(null))
        .param("author", author.id())
        .param("now", Books.utc(books.now()))
        .update();
    tell("GRANT_WRITTEN", id, roles, author);
    return grant;
  }

  private Set<Role> checked(Set<Role> roles, Optional<Instant> until) {
    if (roles.isEmpty()) {
      throw new RejectedRecordException("role-missing", "an account needs at least one role");
    }
    List<Role> administrators = Role.administratorsAmong(roles);
    if (administrators.size() > 1) {
      throw new RejectedRecordException(
          "administrators-in-one-hand",
          "%s in one hand: system, security and audit administration are different people's"
              .formatted(administrators));
    }
    Instant now = books.now();
    if (roles.contains(Role.INSPECTOR)
        && (roles.size() > 1 || until.isEmpty() || until.get().isAfter(now.plus(LONGEST_VISIT)))) {
      throw new RejectedRecordException(
          "inspector-without-end",
          "an inspector has no other role and an end within %d days"
              .formatted(LONGEST_VISIT.toDays()));
    }
    if (until.isPresent() && !until.get().isAfter(now)) {
      throw new RejectedRecordException("until-is-past", "`%s` is past".formatted(until.get()));
    }
    return roles;
  }

  private static void refuseOneself(StaffId staff, Actor by) {
    if (staff.value().equals(by.id())) {
      throw new RejectedRecordException(
          "grants-to-oneself", "nobody writes or approves their own roles");
    }
  }

  private void tell(String change, StaffId id, Set<Role> roles, Actor by) {
    books.tell(
        Entry.of(Kind.STAFF_CHANGED)
            .fact("change", change)
            .fact("roles", new ArrayList<>(roles.stream().sorted().toList()))
            .sealed("staff", id.value())
            .sealed("by", by.id()));
  }

  private static Account account(ResultSet r, int row) throws SQLException {
    return new Account(
        new StaffId(r.getString("id")),
        r.getString("name"),
        Rows.enums(r, "roles", Role.class),
        Rows.maybeInstant(r, "until_at"),
        r.getBoolean("ready"),
        Rows.instant(r, "created_at"),
        Rows.maybeInstant(r, "ended_at"));
  }

  private static Grant grant(ResultSet r, int row) throws SQLException {
    return new Grant(
        r.getString("id"),
        new StaffId(r.getString("staff")),
        r.getString("name"),
        Rows.enums(r, "roles", Role.class),
        Rows.maybeInstant(r, "until_at"),
        new Actor(r.getString("author")),
        Rows.instant(r, "written_at"),
        Rows.maybeActor(r, "approver"),
        Rows.maybeInstant(r, "approved_at"));
  }
}
