package io.clearmarket.gateway.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.clearmarket.chaincode.api.Role;
import io.clearmarket.wallet.Digests;
import io.clearmarket.wallet.identity.PartyId;
import java.security.SecureRandom;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/**
 * Opaque bearer tokens of this gateway's own: API keys for servers, and the sessions of buyers who came through a checkout. Each stands
 * for its maker and for nobody else; only its SHA-256 is kept. A secret has 256 random bits, so a plain hash is enough.
 */
@Service
public class AccessKeys {
    /** What every secret begins with, so that it is told from a JWT and found by scanners of leaked secrets. */
    public static final String PREFIX = "cmk_";

    /** How long a rotated secret still counts. */
    public static final Duration OLD_SECRET = Duration.ofHours(24);

    private static final int SECRET_BYTES = 32;
    private static final String SIGN_IN = "sign-in";
    private static final String COLUMNS =
            "select id, label, read_only, scopes, roles, created_at, expires_at from access_key";
    private static final SecureRandom RANDOM = new SecureRandom();

    private final JdbcClient database;

    AccessKeys(JdbcClient database) {
        this.database = database;
    }

    /** A key and its secret, which is shown this once. */
    public record Made(AccessKey key, String secret) {}

    /**
     * An API key that its owner sees in a list, may rotate and take back.
     *
     * @param scopes what it opens; what its maker lacks, or only people have, it does not get
     */
    public Made make(Caller caller, String label, boolean readOnly, Set<Scope> scopes, Duration validity) {
        return insert(caller.limitedTo(ofKeys(scopes)), label, readOnly, validity, false, null);
    }

    /** A secret for one browser; it ends by itself. */
    public String session(Caller caller, Duration validity) {
        return insert(caller.limitedTo(ofKeys(caller.scopes())), "session", false, validity, true, null)
                .secret();
    }

    /**
     * A secret for the browser of somebody who has signed in, with all that they have.
     *
     * @param providerSession the provider's name of the session that it came of ({@code sid}), if it gives one
     */
    public String signIn(Caller caller, Duration validity, @Nullable String providerSession) {
        database.sql("delete from access_key where session and expires_at < ?")
                .param(Timestamp.from(Instant.now()))
                .update();
        return insert(caller, SIGN_IN, false, validity, true, providerSession).secret();
    }

    /**
     * Ends what somebody signed in to.
     *
     * @param subject the provider's name of the person
     * @param providerSession of this session of theirs at the provider alone; of all if absent
     * @return how many have ended
     */
    public int signOut(@Nullable String subject, @Nullable String providerSession) {
        return database.sql("""
                        delete from access_key where session and label = :label
                        and (:subject::text is null or subject = :subject)
                        and (:session::text is null or provider_session = :session)
                        and (:subject::text is not null or :session::text is not null)""")
                .param("label", SIGN_IN)
                .param("subject", subject)
                .param("session", providerSession)
                .update();
    }

    /** Ends a session at once; nothing happens if the secret is none. */
    public void endSession(String secret) {
        database.sql("delete from access_key where session and hash = ?")
                .param(hash(secret))
                .update();
    }

    private Made insert(
            Caller caller,
            String label,
            boolean readOnly,
            Duration validity,
            boolean session,
            @Nullable String providerSession) {
        String secret = newSecret();
        UUID id = UUID.randomUUID();
        Instant now = Instant.now();
        database.sql("""
                        insert into access_key (id, hash, owner, label, subject, roles, party, managed, team, scopes, read_only,
                                                session, provider_session, created_at, expires_at)
                        values (:id, :hash, :owner, :label, :subject, :roles, :party, :managed, :team, :scopes, :readOnly,
                                :session, :providerSession, :now, :end)""")
                .param("id", id)
                .param("hash", hash(secret))
                .param("owner", caller.account())
                .param("label", label)
                .param("subject", caller.subject())
                .param("roles", caller.roles().stream().map(Role::name).sorted().toArray(String[]::new))
                .param("party", caller.party() == null ? null : caller.party().value())
                .param("managed", caller.managed())
                .param(
                        "team",
                        caller.team().stream().map(TeamRole::name).sorted().toArray(String[]::new))
                .param("scopes", Scope.ids(caller.scopes()).toArray(String[]::new))
                .param("readOnly", readOnly)
                .param("session", session)
                .param("providerSession", providerSession)
                .param("now", Timestamp.from(now))
                .param("end", Timestamp.from(now.plus(validity)))
                .update();
        List<String> scopes = Scope.ids(effective(caller.scopes(), readOnly));
        return new Made(new AccessKey(id, label, readOnly, scopes, now, now.plus(validity)), secret);
    }

    /** Whom the secret stands for; empty if it is none, or no longer one. */
    public Optional<Caller> find(String secret) {
        byte[] hash = hash(secret);
        Timestamp now = Timestamp.from(Instant.now());
        return database.sql("""
                        select subject, roles, party, managed, team, scopes, read_only from access_key
                        where expires_at > ? and id = (
                            select id from access_key where hash = ?
                            union all select key_id from access_key_former where hash = ? and until > ?)""")
                .params(now, hash, hash, now)
                .query(AccessKeys::holder)
                .optional();
    }

    /** The caller's API keys, oldest first. */
    public List<AccessKey> list(Caller caller) {
        return database.sql(COLUMNS + " where owner = ? and not session order by created_at, id")
                .param(caller.account())
                .query(AccessKeys::key)
                .list();
    }

    /**
     * Gives a key of the caller's another secret, shown this once; each former one counts for {@link #OLD_SECRET} more, so that the one in use does although a
     * change was repeated because its answer was lost.
     */
    public Optional<String> rotate(Caller caller, UUID id) {
        String secret = newSecret();
        Instant now = Instant.now();
        database.sql("delete from access_key_former where until < ?")
                .param(Timestamp.from(now))
                .update();
        int changed = database.sql("""
                        with former as (
                            select id, hash from access_key where owner = :owner and id = :id and not session for update),
                        kept as (
                            insert into access_key_former (hash, key_id, until) select hash, id, :until from former)
                        update access_key k set hash = :hash from former where k.id = former.id""")
                .param("owner", caller.account())
                .param("id", id)
                .param("until", Timestamp.from(now.plus(OLD_SECRET)))
                .param("hash", hash(secret))
                .update();
        return changed == 1 ? Optional.of(secret) : Optional.empty();
    }

    /** Takes a key of the caller's back, at once; false if there is none. */
    public boolean delete(Caller caller, UUID id) {
        return database.sql("delete from access_key where owner = ? and id = ? and not session")
                        .params(caller.account(), id)
                        .update()
                == 1;
    }

    private static String newSecret() {
        byte[] random = new byte[SECRET_BYTES];
        RANDOM.nextBytes(random);
        return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }

    private static byte[] hash(String secret) {
        return Digests.sha256(secret.getBytes(UTF_8));
    }

    private static Caller holder(ResultSet row, int number) throws SQLException {
        Set<Role> roles = roles(row);
        String party = row.getString("party");
        String[] team = names(row, "team");
        Caller caller = new Caller(
                row.getString("subject"),
                roles,
                party == null ? null : PartyId.parse(party),
                row.getString("managed"),
                team == null
                        ? Set.of(TeamRole.OWNER)
                        : Arrays.stream(team).map(TeamRole::valueOf).collect(Collectors.toUnmodifiableSet()));
        return caller.limitedTo(scopes(row, roles));
    }

    private static AccessKey key(ResultSet row, int number) throws SQLException {
        return new AccessKey(
                row.getObject("id", UUID.class),
                row.getString("label"),
                row.getBoolean("read_only"),
                Scope.ids(scopes(row, roles(row))),
                row.getTimestamp("created_at").toInstant(),
                row.getTimestamp("expires_at").toInstant());
    }

    private static Set<Role> roles(ResultSet row) throws SQLException {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        Arrays.stream((String[]) row.getArray("roles").getArray())
                .map(Role::valueOf)
                .forEach(roles::add);
        return roles;
    }

    /** A key of before there were scopes has all that a key may have in its roles. */
    private static Set<Scope> scopes(ResultSet row, Set<Role> roles) throws SQLException {
        String[] kept = names(row, "scopes");
        Set<Scope> scopes = kept == null
                ? ofKeys(Scope.of(roles))
                : Arrays.stream(kept)
                        .map(Scope::named)
                        .flatMap(Optional::stream)
                        .collect(Collectors.toUnmodifiableSet());
        return effective(scopes, row.getBoolean("read_only"));
    }

    private static Set<Scope> ofKeys(Set<Scope> scopes) {
        return scopes.stream().filter(scope -> !scope.isForPeopleOnly()).collect(Collectors.toUnmodifiableSet());
    }

    private static Set<Scope> effective(Set<Scope> scopes, boolean readOnly) {
        return readOnly ? scopes.stream().filter(Scope::reads).collect(Collectors.toUnmodifiableSet()) : scopes;
    }

    private static String @Nullable [] names(ResultSet row, String column) throws SQLException {
        Array array = row.getArray(column);
        return array == null ? null : (String[]) array.getArray();
    }
}
