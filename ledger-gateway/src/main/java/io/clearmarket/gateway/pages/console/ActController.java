package io.clearmarket.gateway.pages.console;

import io.clearmarket.chaincode.api.Amount;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.gateway.content.Document;
import io.clearmarket.gateway.identity.Caller;
import io.clearmarket.gateway.identity.FormToken;
import io.clearmarket.gateway.identity.TokenCookie;
import io.clearmarket.gateway.pages.PageMerchant;
import io.clearmarket.gateway.pages.PageProblem;
import io.clearmarket.gateway.pages.Shown;
import io.clearmarket.gateway.readmodel.Answer;
import io.clearmarket.wallet.identity.PartyId;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.View;
import org.springframework.web.servlet.view.RedirectView;

/**
 * A merchant's act: a form, a page that says what will be written, and the command. Nothing is kept between them but in the form itself; what
 * was typed stands in it again after every refusal.
 */
@Controller
@RequestMapping("/merchant/consignments/{id}/{segment}")
class ActController {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String STEP = "step";
    private static final Set<String> NOT_KEPT = Set.of(FormToken.FIELD, STEP);

    private final ConsoleView view;
    private final Sender sender;
    private final MessageSource messages;
    private final Shown shown;
    private final Clock clock = Clock.systemUTC();

    ActController(ConsoleView view, Sender sender, MessageSource messages, Shown shown) {
        this.view = view;
        this.sender = sender;
        this.messages = messages;
        this.shown = shown;
    }

    @GetMapping
    String form(@Nullable Caller caller, @PathVariable String id, @PathVariable String segment, Model model) {
        Act act = act(segment);
        PartyId party = party(caller, act);
        Answer<ConsoleView.Seen> seen = view.seen(Objects.requireNonNull(caller), party, id);
        if (!seen.value().acts().contains(act)) {
            throw new PageProblem(HttpStatus.CONFLICT, "problem.act.now");
        }
        return form(act, party, seen, fresh(seen.value(), new Typed(Map.of())), model);
    }

    @PostMapping
    Object act(
            @Nullable Caller caller,
            @PathVariable String id,
            @PathVariable String segment,
            @RequestParam MultiValueMap<String, String> fields,
            @RequestParam(required = false) @Nullable MultipartFile evidence,
            HttpServletRequest request,
            HttpServletResponse response,
            Locale locale,
            Model model) {
        if (caller == null && TokenCookie.of(request).isPresent()) {
            throw new PageProblem(HttpStatus.FORBIDDEN, "problem.form");
        }
        Act act = act(segment);
        PartyId party = party(caller, act);
        Answer<ConsoleView.Seen> seen = view.seen(Objects.requireNonNull(caller), party, id);
        Typed typed = typed(fields);
        try {
            typed = withDocument(act, party, typed, evidence);
            Draft draft =
                    new Drafting(party, seen.value().consignment(), seen.value().terms(), typed).draft(act);
            if ("edit".equals(fields.getFirst(STEP))) {
                return form(act, party, seen, typed, model);
            }
            if (!"write".equals(fields.getFirst(STEP)) || caller == null) {
                return review(act, seen, typed, draft, locale, model);
            }
            return switch (sender.send(caller, party, seen.value().consignment().id(), draft)) {
                case Sender.Sent.Written written -> seeOther(id, act.segment());
                case Sender.Sent.Unknown unknown -> seeOther(id, "unknown");
                case Sender.Sent.Refused refused -> {
                    response.setStatus(HttpStatus.CONFLICT.value());
                    model.addAttribute("fault", RefusalWords.key(refused.code()));
                    model.addAttribute("code", refused.code());
                    model.addAttribute("value", refused.detail());
                    Answer<ConsoleView.Seen> now = view.seen(Objects.requireNonNull(caller), party, id);
                    yield form(act, party, now, fresh(now.value(), typed), model);
                }
            };
        } catch (FormFault fault) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            model.addAttribute("fault", fault.messageKey());
            model.addAttribute("value", fault.value());
            return form(act, party, seen, typed, model);
        }
    }

    private String form(Act act, PartyId party, Answer<ConsoleView.Seen> seen, Typed typed, Model model) {
        describe(act, seen, typed, model);
        model.addAttribute("carriers", act == Act.SHIP ? view.carriers(party) : List.of());
        model.addAttribute("asked", Offered.unanswered(party, seen.value().cases()));
        model.addAttribute("reviews", Offered.unanswered(seen.value().reviews()));
        model.addAttribute(
                "offer", Offered.offerOfOther(party, seen.value().consignment()).orElse(null));
        return "pages/act";
    }

    private String review(
            Act act, Answer<ConsoleView.Seen> seen, Typed typed, Draft draft, Locale locale, Model model) {
        describe(act, seen, typed, model);
        Object[] arguments = draft.meaning().stream()
                .map(value -> value instanceof Amount amount ? shown.amount(amount) : value)
                .toArray();
        model.addAttribute("means", messages.getMessage("act.means." + act.name(), arguments, locale));
        model.addAttribute("items", draft.items());
        return "pages/confirm";
    }

    private static void describe(Act act, Answer<ConsoleView.Seen> seen, Typed typed, Model model) {
        model.addAttribute("act", act);
        model.addAttribute("seen", seen.value());
        model.addAttribute("c", seen.value().consignment());
        model.addAttribute("typed", typed);
        model.addAttribute("asOf", seen.asOf());
    }

    /** A form for a new command on the state as it is now, with what was typed before. */
    private Typed fresh(ConsoleView.Seen seen, Typed typed) {
        byte[] salt = new byte[32];
        RANDOM.nextBytes(salt);
        return typed.with(Typed.VERSION, Long.toString(seen.consignment().version()))
                .with(Typed.KEY, UUID.randomUUID().toString())
                .with(Typed.AT, clock.instant().truncatedTo(ChronoUnit.MILLIS).toString())
                .with(Typed.SALT, HexFormat.of().formatHex(salt));
    }

    /** A file that was brought is kept, and from then on known by its hash. */
    private Typed withDocument(Act act, PartyId party, Typed typed, @Nullable MultipartFile evidence) {
        if (!act.hasEvidence()) {
            return typed;
        }
        if (evidence != null && !evidence.isEmpty()) {
            try {
                Draft.Brought brought =
                        new Draft.Brought(evidence.getBytes(), Document.mediaType(evidence.getContentType()));
                return typed.with(Typed.DOCUMENT, sender.keep(party, brought).hex());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        String known = typed.text(Typed.DOCUMENT);
        if (!known.isEmpty() && !sender.isOwn(party, new Digest(known))) {
            throw new FormFault("act.fault.reason", known);
        }
        return typed;
    }

    private static Typed typed(MultiValueMap<String, String> fields) {
        Map<String, List<String>> kept = new LinkedHashMap<>(fields);
        kept.keySet().removeAll(NOT_KEPT);
        return new Typed(kept);
    }

    private static Act act(String segment) {
        return Act.of(segment).orElseThrow(() -> new PageProblem(HttpStatus.NOT_FOUND, "problem.act.unknown"));
    }

    /** The merchant, whose key must be with this gateway, and whose team lets the caller do it. */
    private static PartyId party(@Nullable Caller caller, Act act) {
        PartyId party = PageMerchant.of(caller, null);
        if (caller == null || caller.managed() == null) {
            throw new PageProblem(HttpStatus.FORBIDDEN, "problem.unmanaged");
        }
        if (!caller.may(act.command())) {
            throw new PageProblem(HttpStatus.FORBIDDEN, "problem.act.role");
        }
        return party;
    }

    /** After a form a page of its own, so that loading it again sends nothing. */
    private static View seeOther(String id, String done) {
        RedirectView view = new RedirectView("/merchant/consignments/" + id + "?done=" + done);
        view.setStatusCode(HttpStatus.SEE_OTHER);
        view.setExposeModelAttributes(false);
        return view;
    }
}
