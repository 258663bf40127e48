/**
 * Campaigns to be: what somebody has chosen, the pairs that they have brought, and the launch that makes all of it at
 * once. Start at {@link org.diptych.service.draft.CampaignDrafts}.
 */
@NullMarked
package org.diptych.service.draft;

import org.jspecify.annotations.NullMarked;
