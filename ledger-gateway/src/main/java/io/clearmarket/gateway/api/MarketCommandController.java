package io.clearmarket.gateway.api;

import io.clearmarket.gateway.identity.Caller;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.node.ObjectNode;

/** Commands by a managed identity that are not about one consignment; {@link MarketAction} has the list. */
@RestController
class MarketCommandController implements InitializingBean {
    private final ManagedCommands commands;
    private final RequestMappingHandlerMapping mappings;

    MarketCommandController(
            ManagedCommands commands,
            @Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping mappings) {
        this.commands = commands;
        this.mappings = mappings;
    }

    /** Listens at every action's path. */
    @Override
    public void afterPropertiesSet() throws NoSuchMethodException {
        for (MarketAction action : MarketAction.values()) {
            mappings.registerMapping(
                    RequestMappingInfo.paths(action.path())
                            .methods(RequestMethod.POST)
                            .options(mappings.getBuilderConfiguration())
                            .build(),
                    this,
                    MarketCommandController.class.getDeclaredMethod(
                            "act", Caller.class, HttpServletRequest.class, Map.class, String.class, ObjectNode.class));
        }
    }

    /** Documented action by action in {@link OpenApiConfiguration}. */
    @Hidden
    ResponseEntity<CommandAnswer> act(
            Caller caller,
            HttpServletRequest request,
            @PathVariable Map<String, String> named,
            @RequestHeader(name = ManagedCommands.IDEMPOTENCY_KEY, required = false) @Nullable String key,
            @RequestBody ObjectNode body) {
        Object path = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
        return commands.submit(caller, MarketAction.at(String.valueOf(path)).command(), body, key, named);
    }
}
