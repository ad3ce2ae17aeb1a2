package io.clearmarket.gateway.checkout;

import io.clearmarket.chaincode.api.Consignment;
import io.clearmarket.chaincode.api.ConsignmentId;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.MarketConfig;
import io.clearmarket.chaincode.api.Role;
import io.clearmarket.chaincode.api.Terms;
import io.clearmarket.gateway.config.CodedProblem;
import io.clearmarket.gateway.identity.Enrolments;
import io.clearmarket.gateway.identity.ManagedIdentities;
import io.clearmarket.gateway.identity.ManagedIdentity;
import io.clearmarket.gateway.identity.Secrets;
import io.clearmarket.gateway.readmodel.ReadModel;
import io.clearmarket.wallet.ca.Csr;
import io.clearmarket.wallet.eth.EthAddress;
import io.clearmarket.wallet.identity.PartyId;
import io.clearmarket.wallet.json.CanonicalJson;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.node.ObjectNode;

/** Offers behind links. A merchant authorizes each by making it; the buyer's part comes later, with the buyer. */
@Service
class Checkouts {
    /** What a certificate request's name begins with; the challenge follows. */
    static final String NAME = "clearmarket-checkout-";

    private static final SecureRandom RANDOM = new SecureRandom();

    private final CheckoutStore store;
    private final ReadModel readModel;
    private final ManagedIdentities identities;
    private final Enrolments enrolments;

    Checkouts(CheckoutStore store, ReadModel readModel, ManagedIdentities identities, Enrolments enrolments) {
        this.store = store;
        this.readModel = readModel;
        this.identities = identities;
        this.enrolments = enrolments;
    }

    /** How far it has come, as the ledger says. */
    enum Status {
        /** Nobody has taken it up. */
        OPEN,
        /** A buyer has, and nothing is on the ledger. */
        TAKEN,
        /** The order is on the ledger; the deposit is not. */
        PLACED,
        /** The money is held. */
        FUNDED,
        /** Everything is decided and paid. */
        CLOSED,
        /** It was not paid in time. */
        EXPIRED,
        /** Its merchant called it off before there was an order. */
        WITHDRAWN
    }

    /** A checkout of the merchant's; the same one again for the same order on the same draft. */
    Checkout create(ManagedIdentity merchant, ObjectNode terms, @Nullable URI returnUrl) {
        MarketConfig market = market();
        ObjectNode draft = TermsDraft.of(terms, seller(merchant), market, "order-" + Secrets.random());
        Terms whole = TermsDraft.with(draft, merchant.party(), EthAddress.ZERO, Digest.ZERO);
        if (!whole.payBy().isAfter(Instant.now())) {
            throw CodedProblem.of(
                    HttpStatus.BAD_REQUEST, "INVALID_VALUE", "payBy is " + whole.payBy(), "an instant in the future");
        }
        if (store.find(merchant.party(), whole.orderId()).isEmpty()) {
            TakableTerms.require(whole, market, readModel::party, Instant.now());
        }
        Checkout made = new Checkout(
                Secrets.random(),
                merchant.party(),
                merchant.name(),
                whole.orderId(),
                draft,
                whole.payBy(),
                returnUrl,
                Secrets.random(),
                null,
                false);
        if (store.insert(made)) {
            return made;
        }
        Checkout known = store.find(merchant.party(), whole.orderId()).orElseThrow();
        if (!Arrays.equals(CanonicalJson.bytes(known.draft()), CanonicalJson.bytes(draft))) {
            throw CodedProblem.of(
                    HttpStatus.CONFLICT,
                    "CHECKOUT_EXISTS",
                    "there is a checkout of order " + whole.orderId() + " on other terms",
                    "choose another orderId, or leave it out");
        }
        if (status(known) == Status.WITHDRAWN) {
            throw CodedProblem.of(
                    HttpStatus.CONFLICT,
                    "CHECKOUT_WITHDRAWN",
                    "the checkout of order " + whole.orderId() + " was called off",
                    "choose another orderId, or leave it out");
        }
        return known;
    }

    Checkout get(String id) {
        return store.find(id).orElseThrow(CheckoutProblem::unknown);
    }

    Status status(Checkout checkout) {
        Optional<Consignment> order = order(checkout);
        if (order.isPresent()) {
            Consignment consignment = order.get();
            if (consignment.closed()) {
                return consignment.money().deposited().isZero() ? Status.EXPIRED : Status.CLOSED;
            }
            return consignment.money().deposited().isZero() ? Status.PLACED : Status.FUNDED;
        }
        if (checkout.withdrawn()) {
            return Status.WITHDRAWN;
        }
        if (Instant.now().isAfter(checkout.payBy())) {
            return Status.EXPIRED;
        }
        return checkout.taken() == null ? Status.OPEN : Status.TAKEN;
    }

    /**
     * A buyer takes the offer up, or goes on with it. Whoever was first to place the order keeps it; before that the last one who came
     * has it, for the ledger takes an order id once.
     *
     * @param payer the address that the deposit comes from; absent for a buyer who goes on
     */
    @Transactional
    public Checkout.Taken take(String id, Csr request, @Nullable EthAddress payer) {
        Checkout checkout = store.lock(id).orElseThrow(CheckoutProblem::unknown);
        if (!request.requestedSubject().equals("CN=" + NAME + checkout.challenge())) {
            throw CodedProblem.of(
                    HttpStatus.CONFLICT,
                    "STALE_CHALLENGE",
                    "the certificate request does not name this checkout's challenge",
                    "ask for the offer again, and sign a request named " + NAME + "<challenge>");
        }
        PartyId buyer = PartyId.of(request.publicKey());
        Checkout.Taken before = checkout.taken();
        Status status = status(checkout);
        Checkout.Taken taken;
        if (status == Status.OPEN || status == Status.TAKEN) {
            taken = agreed(checkout, request, buyer, payer);
        } else if (before != null && isPlacedBy(buyer, checkout)) {
            taken = placed(checkout, before, request, buyer);
        } else if (status == Status.WITHDRAWN) {
            throw CodedProblem.of(
                    HttpStatus.GONE,
                    "CHECKOUT_WITHDRAWN",
                    "the shop has called it off; nothing was ordered",
                    "ask the shop for another");
        } else if (status == Status.EXPIRED) {
            throw CodedProblem.of(
                    HttpStatus.GONE,
                    "CHECKOUT_EXPIRED",
                    "it could be paid until " + checkout.payBy(),
                    "ask the shop for another");
        } else {
            throw CodedProblem.of(
                    HttpStatus.CONFLICT,
                    "CHECKOUT_TAKEN",
                    "somebody else's key has placed this order",
                    "open it where it was begun, or move the key from there by its backup");
        }
        store.take(id, taken, Secrets.random());
        return taken;
    }

    /**
     * The merchant calls an offer off, once or again. From then on nobody is signed for; what a buyer was given before they keep, so an
     * order may still come, which its merchant then cancels.
     *
     * @throws org.springframework.web.ErrorResponseException if there is none of theirs, or its order is on the ledger
     */
    @Transactional
    public void withdraw(String id, @Nullable PartyId merchant) {
        Checkout checkout = store.lock(id)
                .filter(found -> found.merchant().equals(merchant))
                .orElseThrow(CheckoutProblem::unknown);
        if (order(checkout).isPresent()) {
            throw CodedProblem.of(
                    HttpStatus.CONFLICT,
                    "CHECKOUT_PLACED",
                    "its order is on the ledger",
                    "cancel consignment " + ConsignmentId.of(checkout.orderId(), 1) + ", or refund it");
        }
        store.withdraw(id);
    }

    private boolean isPlacedBy(PartyId buyer, Checkout checkout) {
        return order(checkout)
                .filter(consignment -> consignment.buyer().equals(buyer))
                .isPresent();
    }

    /** What its merchant signed for; anybody who has the link knows the order's id, and another merchant may sign for an order of that id too. */
    private Optional<Consignment> order(Checkout checkout) {
        return readModel
                .consignment(ConsignmentId.of(checkout.orderId(), 1))
                .filter(consignment -> consignment.merchant().equals(checkout.merchant()));
    }

    /** Before the order is placed: terms for this buyer and address, the same as before if they were asked for before. */
    private Checkout.Taken agreed(Checkout checkout, Csr request, PartyId buyer, @Nullable EthAddress payer) {
        Checkout.Taken before = checkout.taken();
        boolean sameBuyer = before != null && before.buyer().equals(buyer);
        if (before != null
                && sameBuyer
                && (payer == null || before.terms().escrow().payer().equals(payer))) {
            return before;
        }
        if (payer == null || payer.isZero()) {
            throw CodedProblem.of(
                    HttpStatus.BAD_REQUEST,
                    "PAYER_MISSING",
                    "no address was given that pays",
                    "send the address of the buyer's wallet");
        }
        Terms terms = TermsDraft.with(checkout.draft(), buyer, payer, newSalt());
        return signed(checkout, request, buyer, terms);
    }

    /** What the order is about as it is on the ledger: another buyer's terms, or this one's for another wallet, may have come here since it was placed. */
    private Checkout.Taken placed(Checkout checkout, Checkout.Taken before, Csr request, PartyId buyer) {
        Terms terms = readModel
                .terms(ConsignmentId.of(checkout.orderId(), 1))
                .orElseThrow(CheckoutProblem::unknown)
                .terms();
        if (before.terms().hash().equals(terms.hash())) {
            return before;
        }
        return signed(checkout, request, buyer, terms);
    }

    private Checkout.Taken signed(Checkout checkout, Csr request, PartyId buyer, Terms terms) {
        ManagedIdentity merchant = identities
                .find(checkout.managed())
                .filter(identity -> identity.party().equals(checkout.merchant()))
                .orElseThrow(() -> CodedProblem.of(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "NO_MANAGED_IDENTITY",
                        "this gateway no longer signs for the merchant",
                        "ask the shop for another checkout"));
        Enrolments.Enrolled enrolled = enrolments
                .enrol(request, Role.BUYER)
                .orElseThrow(() -> CodedProblem.of(
                        HttpStatus.NOT_FOUND,
                        "NO_ENROLMENT",
                        "this gateway enrols no buyers",
                        "ask another organisation's gateway"));
        String signature = Base64.getEncoder().encodeToString(merchant.signer().sign(terms.canonicalBytes()));
        return new Checkout.Taken(buyer, enrolled.mspId(), enrolled.certificate(), terms, signature);
    }

    private TermsDraft.Merchant seller(ManagedIdentity merchant) {
        return readModel
                .party(merchant.party())
                .map(party -> new TermsDraft.Merchant(party.id(), party.address()))
                .orElseThrow(() -> CodedProblem.of(
                        HttpStatus.CONFLICT,
                        "NOT_REGISTERED",
                        "the merchant is not registered on the ledger",
                        "POST /api/v1/parties registers them"));
    }

    private MarketConfig market() {
        return readModel
                .market()
                .orElseThrow(() -> CodedProblem.of(
                        HttpStatus.CONFLICT,
                        "NO_MARKET",
                        "the organisations have not agreed on a market yet",
                        "they do by POST /api/v1/market/approvals"));
    }

    private static Digest newSalt() {
        byte[] salt = new byte[32];
        RANDOM.nextBytes(salt);
        return Digest.of(salt);
    }
}
