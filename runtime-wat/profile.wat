;; What instrumented builds count (stwasm build --instrument): translated code and the interpreter call these functions, the
;; host reads the counts. They say what the program did, whoever executed it: see translator/profile/README.md.
;;@if INSTRUMENTED

;; All MethodProfiles, the newest first.
(global $profiles (mut (ref null $MethodProfile)) (ref.null $MethodProfile))
;; The send that a lookup is for; null when its miss is counted already.
(global $looking_up (mut (ref null $SendSite)) (ref.null $SendSite))
;; Instances made since the start, by class index.
(global $allocations (mut (ref $DoubleWords)) (array.new $DoubleWords (i64.const 0) (i32.const 4096)))
;; Native frames that became Contexts, and why the capture in progress was begun: see $capture_for.
(global $captured_frames (mut i64) (i64.const 0))
(global $capture_reason (mut i32) (i32.const 0))
;; So many classes of receivers are told apart at a send.
(global $most_receivers i32 (i32.const 16))

(func $profile_of (param $method (ref $CompiledMethod)) (result (ref $MethodProfile))
  (local $profile (ref null $MethodProfile))
  (local.set $profile (struct.get $CompiledMethod $profile (local.get $method)))
  (if (ref.is_null (local.get $profile))
    (then
      (local.set $profile (struct.new $MethodProfile (global.get $profiles) (local.get $method) (i64.const 0) (i64.const 0)
        (ref.null $Tally) (ref.null $Tally)
        (array.new_default $Slots (i32.add (i32.const 1)
          (array.len (struct.get $CompiledMethod $bytes (local.get $method)))))))
      (global.set $profiles (local.get $profile))
      (struct.set $CompiledMethod $profile (local.get $method) (local.get $profile))))
  (ref.as_non_null (local.get $profile)))

(func $profile_of_id (param $methodId i32) (result (ref $MethodProfile))
  (return_call $profile_of (ref.as_non_null (array.get $Methods (global.get $methods) (local.get $methodId)))))

;; --- lists of counts ---

(func $find_tally (param $list (ref null $Tally)) (param $method (ref null $CompiledMethod)) (param $key i32)
    (result (ref null $Tally))
  (block $end
    (loop $next
      (br_if $end (ref.is_null (local.get $list)))
      (if (i32.eq (struct.get $Tally $key (local.get $list)) (local.get $key))
        (then (br_if $end (ref.eq (struct.get $Tally $method (local.get $list)) (local.get $method)))))
      (local.set $list (struct.get $Tally $next (local.get $list)))
      (br $next)))
  (local.get $list))

(func $tally_length (param $list (ref null $Tally)) (result i32)
  (local $length i32)
  (block $end
    (loop $next
      (br_if $end (ref.is_null (local.get $list)))
      (local.set $length (i32.add (local.get $length) (i32.const 1)))
      (local.set $list (struct.get $Tally $next (local.get $list)))
      (br $next)))
  (local.get $length))

;; The list with one more counted; no new entries when it has so many already.
(func $count_in (param $list (ref null $Tally)) (param $method (ref null $CompiledMethod)) (param $key i32)
    (param $limit i32) (result (ref null $Tally))
  (local $tally (ref null $Tally))
  (local.set $tally (call $find_tally (local.get $list) (local.get $method) (local.get $key)))
  (if (ref.is_null (local.get $tally))
    (then
      (if (i32.ge_u (call $tally_length (local.get $list)) (local.get $limit)) (then (return (local.get $list))))
      (return (struct.new $Tally (local.get $list) (local.get $method) (local.get $key) (i64.const 1)))))
  (struct.set $Tally $count (local.get $tally)
    (i64.add (struct.get $Tally $count (local.get $tally)) (i64.const 1)))
  (local.get $list))

;; --- what code counts ---

(func $count_bytecodes (param $profile (ref null $MethodProfile)) (param $count i32)
  (struct.set $MethodProfile $bytecodes (local.get $profile)
    (i64.add (struct.get $MethodProfile $bytecodes (local.get $profile)) (i64.extend_i32_s (local.get $count)))))

;; For the interpreter.
(func $count_interpreted (param $profile (ref null $MethodProfile)) (param $count i32)
  (struct.set $MethodProfile $interpreted (local.get $profile)
    (i64.add (struct.get $MethodProfile $interpreted (local.get $profile)) (i64.extend_i32_s (local.get $count))))
  (return_call $count_bytecodes (local.get $profile) (local.get $count)))

;; Code or an embedded block begins.
(func $count_activation (param $profile (ref null $MethodProfile)) (param $pc i32)
  (struct.set $MethodProfile $activations (local.get $profile)
    (call $count_in (struct.get $MethodProfile $activations (local.get $profile)) (ref.null $CompiledMethod)
      (local.get $pc) (i32.const -1))))

(func $count_context (param $context (ref $Context))
  (return_call $count_activation (call $profile_of (struct.get $Context $method (local.get $context)))
    (struct.get $Context $pc (local.get $context))))

(func $count_jump (param $profile (ref null $MethodProfile)) (param $pc i32) (param $taken i32)
  (local $site (ref $JumpSite))
  (block $new (result eqref)
    (local.set $site (br_on_cast_fail $new eqref (ref $JumpSite)
      (array.get $Slots (struct.get $MethodProfile $sites (local.get $profile)) (local.get $pc))))
    (if (local.get $taken)
      (then (struct.set $JumpSite $taken (local.get $site)
        (i64.add (struct.get $JumpSite $taken (local.get $site)) (i64.const 1))))
      (else (struct.set $JumpSite $notTaken (local.get $site)
        (i64.add (struct.get $JumpSite $notTaken (local.get $site)) (i64.const 1)))))
    (return))
  (drop)
  (array.set $Slots (struct.get $MethodProfile $sites (local.get $profile)) (local.get $pc)
    (struct.new $JumpSite (i64.const 0) (i64.const 0)))
  (return_call $count_jump (local.get $profile) (local.get $pc) (local.get $taken)))

(func $send_site (param $profile (ref null $MethodProfile)) (param $pc i32) (param $selector i32) (result (ref $SendSite))
  (local $site (ref $SendSite))
  (block $new (result eqref)
    (return (br_on_cast_fail $new eqref (ref $SendSite)
      (array.get $Slots (struct.get $MethodProfile $sites (local.get $profile)) (local.get $pc)))))
  (drop)
  (local.set $site (struct.new $SendSite (local.get $selector) (i64.const 0) (i64.const 0) (i64.const 0)
    (ref.null $Tally) (ref.null $Tally)))
  (array.set $Slots (struct.get $MethodProfile $sites (local.get $profile)) (local.get $pc) (local.get $site))
  (local.get $site))

(func $count_send (param $profile (ref null $MethodProfile)) (param $pc i32) (param $selector i32) (param $receiver eqref)
  (local $site (ref $SendSite))
  (local.set $site (call $send_site (local.get $profile) (local.get $pc) (local.get $selector)))
  (struct.set $SendSite $count (local.get $site)
    (i64.add (struct.get $SendSite $count (local.get $site)) (i64.const 1)))
  (global.set $looking_up (local.get $site))
  (struct.set $SendSite $receivers (local.get $site)
    (call $count_in (struct.get $SendSite $receivers (local.get $site)) (ref.null $CompiledMethod)
      (call $class_index_of (local.get $receiver)) (global.get $most_receivers)))
  (return_call $count_block (local.get $site) (local.get $receiver)))

;; Special selectors 0 to 15, when the send is counted: what a SmallInteger does not do with a SmallInteger, or where the answer is
;; none. Divisors have to be above zero.
(func $count_operation (param $profile (ref null $MethodProfile)) (param $pc i32) (param $special i32)
    (param $receiver eqref) (param $argument eqref)
  (local $site (ref $SendSite)) (local $a i32) (local $b i32)
  (block $other (result eqref)
    (local.set $a (i31.get_s (br_on_cast_fail $other eqref (ref i31) (local.get $receiver))))
    (block $general (result eqref)
      (local.set $b (i31.get_s (br_on_cast_fail $general eqref (ref i31) (local.get $argument))))
      (if (call $stays_small (local.get $special) (local.get $a) (local.get $b)) (then (return)))
      (local.get $argument))
    (drop)
    (local.set $site (call $send_at_pc (local.get $profile) (local.get $pc)))
    (struct.set $SendSite $general (local.get $site)
      (i64.add (struct.get $SendSite $general (local.get $site)) (i64.const 1)))
    (return))
  (drop))

(func $stays_small (param $special i32) (param $a i32) (param $b i32) (result i32)
  (local $wide i64)
  (local.set $wide (i64.extend_i32_s (local.get $a)))
  (if (i32.eqz (local.get $special))
    (then (local.set $wide (i64.add (local.get $wide) (i64.extend_i32_s (local.get $b))))))
  (if (i32.eq (local.get $special) (i32.const 1))
    (then (local.set $wide (i64.sub (local.get $wide) (i64.extend_i32_s (local.get $b))))))
  (if (i32.eq (local.get $special) (i32.const 8))
    (then (local.set $wide (i64.mul (local.get $wide) (i64.extend_i32_s (local.get $b))))))
  (if (i32.or (i32.eq (local.get $special) (i32.const 10)) (i32.eq (local.get $special) (i32.const 13)))
    (then (return (i32.gt_s (local.get $b) (i32.const 0)))))
  (if (i32.and (i32.eq (local.get $special) (i32.const 12)) (i32.gt_s (local.get $b) (i32.const 0)))
    (then (local.set $wide (i64.shl (local.get $wide)
      (select (i64.extend_i32_u (local.get $b)) (i64.const 32) (i32.lt_s (local.get $b) (i32.const 32)))))))
  (i64.eq (local.get $wide) (i64.shr_s (i64.shl (local.get $wide) (i64.const 33)) (i64.const 33))))

;; A closure with its code: while the outer activation of one is nil, nobody knows it.
(func $count_block (param $site (ref $SendSite)) (param $receiver eqref)
  (local $closure (ref $BlockClosure)) (local $block (ref null $BlockHome))
  (if (global.get $v3)
    (then
      (local.set $block (call $block_home_of (local.get $receiver)))
      (if (i32.eqz (ref.is_null (local.get $block)))
        (then (return_call $count_block_at (local.get $site)
          (struct.get $Context $method (ref.cast (ref $Context) (local.get $receiver)))
          (struct.get $BlockHome $startpc (local.get $block)))))))
  (block $other (result eqref)
    (local.set $closure (br_on_cast_fail $other eqref (ref $BlockClosure) (local.get $receiver)))
    (if (ref.is_null (struct.get $BlockClosure $outer (local.get $closure))) (then (return)))
    (return_call $count_block_at (local.get $site) (call $closure_method (local.get $closure))
      (struct.get $BlockClosure $startpc (local.get $closure))))
  (drop))

(func $count_block_at (param $site (ref $SendSite)) (param $method (ref $CompiledMethod)) (param $pc i32)
  (struct.set $SendSite $blocks (local.get $site)
    (call $count_in (struct.get $SendSite $blocks (local.get $site)) (local.get $method) (local.get $pc)
      (global.get $most_receivers))))

(func $block_home_of (param $value eqref) (result (ref null $BlockHome))
  (block $other (result eqref)
    (return_call $block_home (br_on_cast_fail $other eqref (ref $Context) (local.get $value))))
  (drop)
  (ref.null $BlockHome))

;; For the interpreter: special selector 16 to 31. ==, class, ~~ and what makes a BlockContext are no sends.
(func $count_common (param $profile (ref null $MethodProfile)) (param $pc i32) (param $special i32)
    (param $slots (ref $Slots)) (param $sp i32)
  (if (i32.le_u (i32.sub (local.get $special) (i32.const 22)) (i32.const 2)) (then (return)))
  (return_call $count_send (local.get $profile) (local.get $pc)
    (array.get $Words (global.get $special_selector_ids) (local.get $special))
    (array.get $Slots (local.get $slots) (i32.sub (i32.sub (local.get $sp) (i32.const 1))
      (call $special_argument_count (local.get $special))))))

;; The method was in no cache.
(func $count_miss
  (local $site (ref $SendSite))
  (block $none
    (local.set $site (br_on_null $none (global.get $looking_up)))
    (struct.set $SendSite $misses (local.get $site)
      (i64.add (struct.get $SendSite $misses (local.get $site)) (i64.const 1)))
    (global.set $looking_up (ref.null $SendSite))))

;; The linker lets each allocation of an object pass its class index through here.
(func $count_allocation (param $classIndex i32) (result i32)
  (if (i32.ge_u (local.get $classIndex) (array.len (global.get $allocations)))
    (then (call $grow_allocations (local.get $classIndex))))
  (array.set $DoubleWords (global.get $allocations) (local.get $classIndex)
    (i64.add (array.get $DoubleWords (global.get $allocations) (local.get $classIndex)) (i64.const 1)))
  (local.get $classIndex))

(func $grow_allocations (param $classIndex i32)
  (local $grown (ref $DoubleWords))
  (local.set $grown (array.new $DoubleWords (i64.const 0) (i32.shl (i32.add (local.get $classIndex) (i32.const 1)) (i32.const 1))))
  (array.copy $DoubleWords $DoubleWords (local.get $grown) (i32.const 0) (global.get $allocations) (i32.const 0)
    (array.len (global.get $allocations)))
  (global.set $allocations (local.get $grown)))

;; What loading made does not count.
(func $forget_allocations
  (array.fill $DoubleWords (global.get $allocations) (i32.const 0) (i64.const 0) (array.len (global.get $allocations))))

;; --- captures ---

;; Why frames are captured: 0 translated code leaves for the interpreter, 1 native stack used up, 2 a poll, 3 a primitive that
;; switches or ends, 4 a primitive that needs all Contexts, 5 a non-local return, 6 the interpreter needs a Context.
(func $capture_for (param $reason i32)
  (global.set $capture_reason (local.get $reason)))

(func $count_captured_frame
  (global.set $captured_frames (i64.add (global.get $captured_frames) (i64.const 1))))

;; All Contexts are in the heap: the youngest tells where. A primitive that runs again is named itself.
(func $count_capture
  (local $method (ref null $CompiledMethod)) (local $pc i32) (local $profile (ref $MethodProfile))
  (if (ref.is_null (global.get $captured_top)) (then (return)))
  (local.set $method (struct.get $Context $method (global.get $captured_top)))
  (local.set $pc (struct.get $Context $pc (global.get $captured_top)))
  (if (i32.eqz (ref.is_null (global.get $retry_method)))
    (then
      (local.set $method (global.get $retry_method))
      (local.set $pc (i32.const 0))))
  (local.set $profile (call $profile_of (ref.as_non_null (local.get $method))))
  (struct.set $MethodProfile $captures (local.get $profile)
    (call $count_in (struct.get $MethodProfile $captures (local.get $profile)) (ref.null $CompiledMethod)
      (i32.or (i32.shl (local.get $pc) (i32.const 4)) (global.get $capture_reason)) (i32.const -1)))
  (global.set $capture_reason (i32.const 0)))

;; --- for the host ---

(func (export "profileFirst") (result (ref null $MethodProfile)) (global.get $profiles))
(func (export "profileNext") (param $profile (ref null $MethodProfile)) (result (ref null $MethodProfile))
  (struct.get $MethodProfile $next (local.get $profile)))
(func (export "profileMethodId") (param $profile (ref null $MethodProfile)) (result i32)
  (struct.get $CompiledMethod $methodId (struct.get $MethodProfile $method (local.get $profile))))
;; "Class>>selector" goes to the transfer area; answers its length.
(func (export "profileName") (param $profile (ref null $MethodProfile)) (result i32)
  (return_call $write_method_name (struct.get $MethodProfile $method (local.get $profile))))
(func $write_method_name (param $method (ref $CompiledMethod)) (result i32)
  (global.set $trace_end (i32.const 0))
  (call $trace_method (local.get $method))
  (global.get $trace_end))
(func (export "profileFirstPc") (param $profile (ref null $MethodProfile)) (result i32)
  (return_call $pc_bias (struct.get $MethodProfile $method (local.get $profile))))
(func (export "profileBytecodes") (param $profile (ref null $MethodProfile)) (result f64)
  (f64.convert_i64_u (struct.get $MethodProfile $bytecodes (local.get $profile))))
(func (export "profileInterpreted") (param $profile (ref null $MethodProfile)) (result f64)
  (f64.convert_i64_s (struct.get $MethodProfile $interpreted (local.get $profile))))
(func (export "profileActivations") (param $profile (ref null $MethodProfile)) (result (ref null $Tally))
  (struct.get $MethodProfile $activations (local.get $profile)))
(func (export "profileCaptures") (param $profile (ref null $MethodProfile)) (result (ref null $Tally))
  (struct.get $MethodProfile $captures (local.get $profile)))
(func (export "profileSize") (param $profile (ref null $MethodProfile)) (result i32)
  (array.len (struct.get $MethodProfile $sites (local.get $profile))))
;; 0 nothing, 1 a send, 2 a jump
(func (export "profileSiteKind") (param $profile (ref null $MethodProfile)) (param $pc i32) (result i32)
  (local $site eqref)
  (local.set $site (array.get $Slots (struct.get $MethodProfile $sites (local.get $profile)) (local.get $pc)))
  (if (ref.test (ref $SendSite) (local.get $site)) (then (return (i32.const 1))))
  (i32.shl (ref.test (ref $JumpSite) (local.get $site)) (i32.const 1)))

(func $send_at_pc (export "profileSend") (param $profile (ref null $MethodProfile)) (param $pc i32) (result (ref $SendSite))
  (ref.cast (ref $SendSite)
    (array.get $Slots (struct.get $MethodProfile $sites (local.get $profile)) (local.get $pc))))
(func (export "sendSelector") (param $site (ref null $SendSite)) (result i32)
  (global.set $trace_end (i32.const 0))
  (call $trace_string (call $selector_at (struct.get $SendSite $selector (local.get $site))))
  (global.get $trace_end))
(func (export "sendCount") (param $site (ref null $SendSite)) (result f64)
  (f64.convert_i64_u (struct.get $SendSite $count (local.get $site))))
(func (export "sendMisses") (param $site (ref null $SendSite)) (result f64)
  (f64.convert_i64_u (struct.get $SendSite $misses (local.get $site))))
(func (export "sendGeneral") (param $site (ref null $SendSite)) (result f64)
  (f64.convert_i64_u (struct.get $SendSite $general (local.get $site))))
(func (export "sendReceivers") (param $site (ref null $SendSite)) (result (ref null $Tally))
  (struct.get $SendSite $receivers (local.get $site)))
(func (export "sendBlocks") (param $site (ref null $SendSite)) (result (ref null $Tally))
  (struct.get $SendSite $blocks (local.get $site)))

(func $jump_at_pc (param $profile (ref null $MethodProfile)) (param $pc i32) (result (ref $JumpSite))
  (ref.cast (ref $JumpSite)
    (array.get $Slots (struct.get $MethodProfile $sites (local.get $profile)) (local.get $pc))))
(func (export "jumpTaken") (param $profile (ref null $MethodProfile)) (param $pc i32) (result f64)
  (f64.convert_i64_u (struct.get $JumpSite $taken (call $jump_at_pc (local.get $profile) (local.get $pc)))))
(func (export "jumpNotTaken") (param $profile (ref null $MethodProfile)) (param $pc i32) (result f64)
  (f64.convert_i64_u (struct.get $JumpSite $notTaken (call $jump_at_pc (local.get $profile) (local.get $pc)))))

(func (export "tallyNext") (param $tally (ref null $Tally)) (result (ref null $Tally))
  (struct.get $Tally $next (local.get $tally)))
(func (export "tallyKey") (param $tally (ref null $Tally)) (result i32)
  (struct.get $Tally $key (local.get $tally)))
(func (export "tallyCount") (param $tally (ref null $Tally)) (result f64)
  (f64.convert_i64_u (struct.get $Tally $count (local.get $tally))))
(func (export "tallyMethod") (param $tally (ref null $Tally)) (result (ref $MethodProfile))
  (return_call $profile_of (ref.as_non_null (struct.get $Tally $method (local.get $tally)))))

;; The name of a class by its index goes to the transfer area; answers its length.
(func (export "className") (param $classIndex i32) (result i32)
  (global.set $trace_end (i32.const 0))
  (call $trace_class (call $class_at (local.get $classIndex)))
  (global.get $trace_end))
(func (export "allocationsSize") (result i32) (array.len (global.get $allocations)))
(func (export "allocationsOf") (param $classIndex i32) (result f64)
  (f64.convert_i64_u (array.get $DoubleWords (global.get $allocations) (local.get $classIndex))))
(func (export "capturedFrames") (result f64) (f64.convert_i64_u (global.get $captured_frames)))
;;@endif
