package io.clearmarket.gateway.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.clearmarket.chaincode.api.Batch;
import io.clearmarket.chaincode.api.CommandName;
import io.clearmarket.chaincode.api.Request;
import io.clearmarket.chaincode.api.Role;
import io.clearmarket.wallet.ca.Csr;
import io.clearmarket.wallet.eth.Secp256k1Key;
import io.clearmarket.wallet.fabric.OfflineSigner;
import io.clearmarket.wallet.fabric.ProposalWriter;
import io.clearmarket.wallet.fabric.RefusedToSign;
import io.clearmarket.wallet.fabric.Shown;
import io.clearmarket.wallet.fabric.ShownProposal;
import io.clearmarket.wallet.fabric.ShownTransaction;
import io.clearmarket.wallet.identity.Pem;
import io.clearmarket.wallet.identity.SigningIdentity;
import io.clearmarket.wallet.json.CanonicalJson;
import io.clearmarket.wallet.json.Json;
import java.net.URI;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The gateway's API for somebody who trusts it with nothing: what it prepares is decoded and compared with what was asked
 * before it is signed, or not prepared by it at all. Calls block; a gateway that restarts is waited for, and what was under way is asked again with the
 * same command id, which is harmless.
 */
public final class MarketClient {
    private static final int REFUSED = 409;
    private static final int ATTEMPTS = 40;
    private static final int SUBMISSIONS = 5;

    private final Http http;
    private final @Nullable ProposalWriter writer;

    /** @param patience how long to wait for a gateway that does not answer */
    public MarketClient(URI gateway, Duration patience) {
        this(new Http(gateway, patience), null);
    }

    private MarketClient(Http http, @Nullable ProposalWriter writer) {
        this.http = http;
        this.writer = writer;
    }

    /** The same, for a device that writes its proposals itself: a call less for each command. */
    public MarketClient writing(ProposalWriter proposals) {
        return new MarketClient(http, proposals);
    }

    /**
     * Brings a command, or a batch of them, to the ledger under the actor's own key.
     *
     * @throws ApiProblem if it is refused
     * @throws RefusedToSign if the gateway prepared something else than was asked
     */
    public Committed execute(Actor actor, Request command) {
        return execute(actor, command, List.of());
    }

    /** The same, with the documents that the command names, which the gateway keeps. */
    public Committed execute(Actor actor, Request command, List<Attached> documents) {
        for (int attempt = 1; ; attempt++) {
            try {
                return executeOnce(actor, command, documents);
            } catch (ApiProblem problem) {
                if (attempt == ATTEMPTS || !isWorthAnotherTry(problem)) {
                    throw problem;
                }
                pause(attempt);
            }
        }
    }

    /**
     * Brings a batch to the ledger whose commands take effect each by itself.
     *
     * @return why a command was refused, by its index
     */
    public Map<Integer, ApiProblem> executeEach(Actor actor, Batch batch, List<Attached> documents) {
        execute(actor, batch, documents);
        Map<Integer, ApiProblem> refused = new HashMap<>();
        JsonNode outcomes =
                get("/api/v1/batches/" + batch.commandId(), actor.token()).path("commands");
        for (int i = 0; i < batch.commands().size(); i++) {
            JsonNode outcome = outcomes.path(i);
            if (text(outcome, "status").equals("refused")) {
                refused.put(i, new ApiProblem(REFUSED, text(outcome, "code"), text(outcome, "message")));
            }
        }
        return refused;
    }

    private Committed executeOnce(Actor actor, Request command, List<Attached> documents) {
        String function = CommandName.of(command.getClass());
        String json = new String(CanonicalJson.bytes(command), UTF_8);
        ShownProposal proposal = writer == null
                ? prepared(actor, function, json)
                : writer.write(actor.identity(), Instant.now(), function, List.of(json));
        JsonNode endorsed = http.post(
                "/api/v1/commands/endorse",
                actor.token(),
                Map.of(
                        "proposal",
                        base64(proposal.bytes()),
                        "signature",
                        sign(actor, proposal),
                        "documents",
                        documents.stream()
                                .map(each -> Map.of("mediaType", each.mediaType(), "content", base64(each.content())))
                                .toList()),
                Map.of());
        ShownTransaction transaction = ShownTransaction.decode(bytes(endorsed, "transaction"));
        transaction.requireOf(proposal);
        return submit(
                actor, Map.of("transaction", text(endorsed, "transaction"), "signature", sign(actor, transaction)));
    }

    private ShownProposal prepared(Actor actor, String function, String json) {
        JsonNode prepared = http.post(
                "/api/v1/commands/prepare",
                actor.token(),
                Map.of(
                        "function",
                        function,
                        "command",
                        Json.MAPPER.readTree(json),
                        "certificate",
                        actor.identity().certificatePem()),
                Map.of());
        ShownProposal proposal = ShownProposal.decode(bytes(prepared, "proposal"));
        requireAsAsked(proposal, function, json);
        return proposal;
    }

    /** A transaction that the gateway has no word of yet is asked about by sending the same bytes again. */
    private Committed submit(Actor actor, Map<String, String> signed) {
        for (int attempt = 1; ; attempt++) {
            JsonNode answer = http.post("/api/v1/commands/submit", actor.token(), signed, Map.of());
            if (attempt == SUBMISSIONS || !text(answer, "status").equals("pending")) {
                return committed(answer);
            }
        }
    }

    private static void requireAsAsked(ShownProposal proposal, String function, String json) {
        boolean same = proposal.invocation().function().equals(function)
                && proposal.invocation().arguments().equals(List.of(json))
                && proposal.transientKeys().isEmpty();
        if (!same) {
            throw new RefusedToSign("the gateway prepared another command than was asked:\n" + proposal.text());
        }
    }

    private static Committed committed(JsonNode answer) {
        String status = text(answer, "status");
        if (!status.equals("committed")) {
            throw new ApiProblem(503, status, "transaction " + text(answer, "transactionId") + " is " + status);
        }
        return new Committed(text(answer, "transactionId"), answer.path("block").longValue());
    }

    private static String sign(Actor actor, Shown shown) {
        return base64(OfflineSigner.sign(actor.identity(), shown));
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** Conflicts and doubts are over soon; the command id makes another try harmless. */
    private static boolean isWorthAnotherTry(ApiProblem problem) {
        return problem.isTransient() || problem.code().equals("CONFLICT");
    }

    private static void pause(int attempt) {
        try {
            Thread.sleep(Math.min(2_000, 50L << Math.min(attempt, 6)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting to try again", e);
        }
    }

    /**
     * Has a key certified, by a certificate signing request made here.
     *
     * @param token whoever may enrol in that role
     */
    public Actor enrol(KeyPair key, Secp256k1Key address, Role role, @Nullable String token) {
        JsonNode answer = http.post(
                "/api/v1/enrolments",
                token,
                Map.of(
                        "csr",
                        Csr.create(key, "clearmarket").toPem(),
                        "role",
                        role.name().toLowerCase(Locale.ROOT)),
                Map.of());
        return new Actor(
                new SigningIdentity(
                        text(answer, "mspId"), Pem.certificate(text(answer, "certificate")), key.getPrivate()),
                address,
                text(answer, "token"));
    }

    /** A resource as JSON. */
    public JsonNode get(String path, @Nullable String token) {
        return http.get(path, token);
    }

    /** Posts JSON where no signature is needed. */
    public JsonNode post(String path, @Nullable String token, Object body, Map<String, String> headers) {
        return http.post(path, token, body, headers);
    }

    /** Deletes a resource. */
    public void delete(String path, @Nullable String token) {
        http.delete(path, token);
    }

    private static String text(JsonNode node, String member) {
        JsonNode value = node.path(member);
        if (!value.isString()) {
            throw new ApiProblem(502, null, "the gateway's answer has no text \"" + member + "\"");
        }
        return value.stringValue();
    }

    private static byte[] bytes(JsonNode node, String member) {
        return Base64.getDecoder().decode(text(node, member));
    }
}
