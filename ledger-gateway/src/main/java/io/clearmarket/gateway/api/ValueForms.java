package io.clearmarket.gateway.api;

import io.clearmarket.chaincode.api.Amount;
import io.clearmarket.chaincode.api.Asset;
import io.clearmarket.chaincode.api.CommandId;
import io.clearmarket.chaincode.api.ConsignmentId;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.Epc;
import io.clearmarket.chaincode.api.OrderId;
import io.clearmarket.chaincode.api.QuoteSide;
import io.clearmarket.gateway.readmodel.EventPosition;
import io.clearmarket.wallet.eth.EthAddress;
import io.clearmarket.wallet.identity.PartyId;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The forms of single values in the description, each from the type that refuses every other. */
final class ValueForms {
    /** What EPCIS names in a path: the firewall lets nothing else through. */
    static final String NAME = "^[^\\u0000-\\u001f\\u007f-\\u009f\\u2028\\u2029]+$";

    /** Any other part of a path. */
    static final String SEGMENT = "^[^\\u0000-\\u001f\\u007f-\\u009f\\u2028\\u2029%;/\\\\]+$";

    /** An instant in a command. */
    static final String INSTANT = "^[2-9][0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?Z$";

    private static final Map<Class<?>, Supplier<Schema<?>>> FORMS = Map.ofEntries(
            Map.entry(PartyId.class, () -> text(PartyId.FORM.pattern())),
            Map.entry(EthAddress.class, () -> text(EthAddress.FORM.pattern())),
            Map.entry(ConsignmentId.class, () -> text(ConsignmentId.FORM.pattern())),
            Map.entry(OrderId.class, () -> text(OrderId.FORM.pattern())),
            Map.entry(CommandId.class, () -> text(CommandId.FORM.pattern())),
            Map.entry(Digest.class, () -> text(Digest.FORM.pattern())),
            Map.entry(Asset.class, () -> text(Asset.FORM.pattern())),
            Map.entry(Amount.class, () -> text(Amount.FORM.pattern())),
            Map.entry(Epc.class, () -> text(Epc.FORM)),
            Map.entry(EventPosition.class, () -> text(EventPosition.FORM.pattern())),
            Map.entry(ConsignmentState.class, () -> names(ConsignmentState.NAMES)),
            Map.entry(QuoteSide.class, ValueForms::quoteSide));

    private ValueForms() {}

    /** What a value of the type looks like in JSON or a path; absent for a type that is no single value of ours. */
    static @Nullable Schema<?> of(Class<?> type) {
        Supplier<Schema<?>> form = FORMS.get(type);
        return form == null ? null : form.get();
    }

    /** A text of this form as a whole. */
    static Schema<?> text(String form) {
        return new StringSchema().pattern(whole(form));
    }

    /** The form as a pattern of JSON Schema, which elsewhere would be met by a part of the text. */
    static String whole(String form) {
        return form.startsWith("^") ? form : "^(?:" + form + ")$";
    }

    /** One of these. */
    static Schema<?> names(List<String> names) {
        StringSchema schema = new StringSchema();
        names.forEach(schema::addEnumItem);
        return schema;
    }

    private static Schema<?> quoteSide() {
        Schema<?> number = new IntegerSchema()
                .format("int64")
                .minimum(BigDecimal.ONE)
                .maximum(new BigDecimal(QuoteSide.LARGEST_NUMBER));
        Schema<Object> either = new Schema<>();
        either.setOneOf(List.of(number, text(QuoteSide.FORM.pattern())));
        return either;
    }
}
