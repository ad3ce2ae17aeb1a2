package io.clearmarket.gateway.ownership;

import io.clearmarket.chaincode.api.Epc;
import io.clearmarket.gateway.identity.Secrets;
import io.clearmarket.wallet.ca.Csr;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What a certificate request must name to show that somebody has a key now: for one item, for a few minutes, once. */
@Component
class Challenges {
    private static final Duration VALIDITY = Duration.ofMinutes(5);
    private static final Pattern NAMED = Pattern.compile("CN=(clearmarket-[a-z]+-)([A-Za-z0-9_-]{32})");

    private final JdbcClient database;

    Challenges(JdbcClient database) {
        this.database = database;
    }

    /** What a request is for; its name begins with this, and the challenge follows. */
    enum Purpose {
        CLAIM("clearmarket-own-"),
        TAKE("clearmarket-take-");

        private final String prefix;

        Purpose(String prefix) {
            this.prefix = prefix;
        }
    }

    record Challenge(String challenge, Instant expiresAt) {}

    Challenge issue(Epc epc) {
        Instant now = Instant.now();
        database.sql("delete from ownership_challenge where expires_at < ?")
                .param(Timestamp.from(now))
                .update();
        Challenge issued = new Challenge(Secrets.random(), now.plus(VALIDITY));
        database.sql("insert into ownership_challenge (challenge, epc, expires_at) values (?, ?, ?)")
                .params(issued.challenge(), epc.uri(), Timestamp.from(issued.expiresAt()))
                .update();
        return issued;
    }

    /** A request in PEM whose key signed it for this purpose and item just now; its challenge is used up. */
    Csr use(String pem, Purpose purpose, Epc epc) {
        Csr request = parsed(pem);
        Matcher subject = NAMED.matcher(request.requestedSubject());
        if (!subject.matches() || !subject.group(1).equals(purpose.prefix) || !wasUnused(subject.group(2), epc)) {
            throw OwnershipProblem.conflict(
                    "STALE_CHALLENGE",
                    "the certificate request does not name a challenge for this item that is still unused",
                    "ask for a challenge, and sign a request named " + purpose.prefix + "<challenge>");
        }
        return request;
    }

    /** Takes it out. */
    private boolean wasUnused(String challenge, Epc epc) {
        return database.sql("delete from ownership_challenge where challenge = ? and epc = ? and expires_at >= ?")
                        .params(challenge, epc.uri(), Timestamp.from(Instant.now()))
                        .update()
                == 1;
    }

    private static Csr parsed(String pem) {
        try {
            return Csr.parse(pem);
        } catch (IllegalArgumentException e) {
            throw OwnershipProblem.invalid(
                    "csr: " + e.getMessage(), "a PKCS #10 request in PEM, signed by the P-256 key that it is for");
        }
    }
}
