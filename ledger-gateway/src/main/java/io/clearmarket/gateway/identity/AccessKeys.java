package io.clearmarket.gateway.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.clearmarket.chaincode.api.Role;
import io.clearmarket.wallet.Digests;
import io.clearmarket.wallet.identity.PartyId;
import java.security.SecureRandom;
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
    private static final String COLUMNS = "select id, label, read_only, created_at, expires_at from access_key";
    private static final SecureRandom RANDOM = new SecureRandom();

    private final JdbcClient database;

    AccessKeys(JdbcClient database) {
        this.database = database;
    }

    /** A key and its secret, which is shown this once. */
    public record Made(AccessKey key, String secret) {}

    /** Whom a secret stands for. */
    public record Holder(Caller caller, boolean readOnly) {}

    /** An API key that its owner sees in a list, may rotate and take back. */
    public Made make(Caller caller, String label, boolean readOnly, Duration validity) {
        return insert(caller, label, readOnly, validity, false);
    }

    /** A secret for one browser; it ends by itself. */
    public String session(Caller caller, Duration validity) {
        return insert(caller, "session", false, validity, true).secret();
    }

    private Made insert(Caller caller, String label, boolean readOnly, Duration validity, boolean session) {
        String secret = newSecret();
        UUID id = UUID.randomUUID();
        Instant now = Instant.now();
        database.sql("""
                        insert into access_key (id, hash, owner, label, subject, roles, party, managed, read_only, session,
                                                created_at, expires_at)
                        values (:id, :hash, :owner, :label, :subject, :roles, :party, :managed, :readOnly, :session,
                                :now, :end)""")
                .param("id", id)
                .param("hash", hash(secret))
                .param("owner", caller.account())
                .param("label", label)
                .param("subject", caller.subject())
                .param("roles", caller.roles().stream().map(Role::name).sorted().toArray(String[]::new))
                .param("party", caller.party() == null ? null : caller.party().value())
                .param("managed", caller.managed())
                .param("readOnly", readOnly)
                .param("session", session)
                .param("now", Timestamp.from(now))
                .param("end", Timestamp.from(now.plus(validity)))
                .update();
        return new Made(new AccessKey(id, label, readOnly, now, now.plus(validity)), secret);
    }

    /** Whom the secret stands for; empty if it is none, or no longer one. */
    public Optional<Holder> find(String secret) {
        byte[] hash = hash(secret);
        Timestamp now = Timestamp.from(Instant.now());
        return database.sql("""
                        select subject, roles, party, managed, read_only from access_key
                        where expires_at > ? and (hash = ? or (previous_hash = ? and previous_until > ?))""")
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

    /** Gives a key of the caller's another secret, shown this once; the former one counts for {@link #OLD_SECRET} more. */
    public Optional<String> rotate(Caller caller, UUID id) {
        String secret = newSecret();
        int changed = database.sql("""
                        update access_key set previous_hash = hash, previous_until = ?, hash = ?
                        where owner = ? and id = ? and not session""")
                .params(Timestamp.from(Instant.now().plus(OLD_SECRET)), hash(secret), caller.account(), id)
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

    private static Holder holder(ResultSet row, int number) throws SQLException {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        Arrays.stream((String[]) row.getArray(2).getArray()).map(Role::valueOf).forEach(roles::add);
        String party = row.getString(3);
        return new Holder(
                new Caller(row.getString(1), roles, party == null ? null : PartyId.parse(party), row.getString(4)),
                row.getBoolean(5));
    }

    private static AccessKey key(ResultSet row, int number) throws SQLException {
        return new AccessKey(
                row.getObject(1, UUID.class),
                row.getString(2),
                row.getBoolean(3),
                row.getTimestamp(4).toInstant(),
                row.getTimestamp(5).toInstant());
    }
}
