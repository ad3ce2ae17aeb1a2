package io.clearmarket.gateway.replay;

import io.clearmarket.chaincode.api.Command;
import io.clearmarket.chaincode.api.CommandId;
import io.clearmarket.chaincode.api.PartyBinding;
import io.clearmarket.chaincode.api.Role;
import io.clearmarket.gateway.client.Actor;
import io.clearmarket.gateway.client.MarketClient;
import io.clearmarket.wallet.eth.Keccak;
import io.clearmarket.wallet.eth.Secp256k1Key;
import io.clearmarket.wallet.identity.PartyId;
import java.security.KeyPair;
import java.util.HexFormat;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The buyers and merchants of a replay; each is enrolled when first needed, and a merchant registered and approved as well. */
final class Actors {
    private final MarketClient client;
    private final Seed seed;
    private final String ledger;
    private final String enrolmentToken;
    private final Onboarding onboarding;
    private final ConcurrentMap<String, Once> actors = new ConcurrentHashMap<>();

    /** @param enrolmentToken of somebody who may enrol buyers and merchants */
    Actors(MarketClient client, Seed seed, String ledger, String enrolmentToken, Onboarding onboarding) {
        this.client = client;
        this.seed = seed;
        this.ledger = ledger;
        this.enrolmentToken = enrolmentToken;
        this.onboarding = onboarding;
    }

    /** A buyer, who registers with the first order: {@link #registration}. */
    Actor buyer(String customer) {
        return actor(Role.BUYER, customer);
    }

    /** What registers a buyer; with every order of theirs, since repeating it has no effect. */
    Command registration(Actor buyer) {
        return registration(buyer, Role.BUYER);
    }

    Actor merchant(String seller) {
        return actor(Role.MERCHANT, seller);
    }

    int count() {
        return actors.size();
    }

    private Actor actor(Role role, String name) {
        String key = role + ":" + name;
        return actors.computeIfAbsent(key, absent -> new Once(() -> enrol(role, key)))
                .get();
    }

    private Actor enrol(Role role, String name) {
        KeyPair key = seed.p256(name);
        Secp256k1Key address = seed.secp256k1(name);
        Actor actor = client.enrol(key, address, role, enrolmentToken);
        if (role == Role.MERCHANT) {
            client.execute(actor, registration(actor, role));
            onboarding.approve(actor.party());
        }
        return actor;
    }

    private Command registration(Actor actor, Role role) {
        Secp256k1Key address = actor.address();
        return new Command.RegisterParty(
                new CommandId("register:" + role.name().toLowerCase(Locale.ROOT)),
                role,
                address.address(),
                bindingSignature(address, ledger, actor.party()));
    }

    /** The address's word that it belongs to the party. */
    static String bindingSignature(Secp256k1Key address, String ledger, PartyId party) {
        byte[] digest = Keccak.hash256(PartyBinding.signedBytes(ledger, party));
        return "0x" + HexFormat.of().formatHex(address.signDigest(digest));
    }

    /** Computed by the first who asks, outside of the map's locks. */
    private static final class Once {
        private final Supplier<Actor> maker;
        private volatile @Nullable Actor made;
        private final ReentrantLock lock = new ReentrantLock();

        Once(Supplier<Actor> maker) {
            this.maker = maker;
        }

        Actor get() {
            Actor present = made;
            if (present != null) {
                return present;
            }
            lock.lock();
            try {
                Actor now = made;
                if (now == null) {
                    now = maker.get();
                    made = now;
                }
                return now;
            } finally {
                lock.unlock();
            }
        }
    }
}
