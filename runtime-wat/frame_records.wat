;; What native activations are doing, in builds with --debug: a trap destroys the frames themselves. Records stand in arrays at
;; the activation's depth, where each has room for as much as it weighs; nothing removes them: the depth of the youngest counts.
;;@if RECORDED

;; Room behind the limit for the activations that find out that they are beyond it.
(global $recorded_values (ref $Slots) (array.new_default $Slots (i32.const 32768)))   ;; self, closure or Context; arguments
(global $recorded_words (ref $Words) (array.new $Words (i32.const 0) (i32.const 32768)))   ;; method id << 3 | kind; caller
(global $recorded_pcs (ref $Words) (array.new $Words (i32.const 0) (i32.const 32768)))   ;; behind the instruction
;; Of the youngest; -1: there is none.
(global $recorded_depth (export "recordedDepth") (mut i32) (i32.const -1))

(func $forget_frames
  (global.set $recorded_depth (i32.const -1)))

;; Kinds: 0 a method's activation, 1 a block's, 2 one that began as a Context, 3 the interpreter, with the Context that it runs,
;; 4 a primitive that it calls: the method, receiver, arguments.
(func $record_frame (param $value eqref) (param $code i32) (param $pc i32) (param $depth i32)
  (local $caller i32)
  (array.set $Slots (global.get $recorded_values) (local.get $depth) (local.get $value))
  (array.set $Words (global.get $recorded_words) (local.get $depth) (local.get $code))
  (local.set $caller (global.get $recorded_depth))
  ;; What a primitive calls takes the place of the primitive's method.
  (loop $next
    (if (i32.ge_s (local.get $caller) (local.get $depth))
      (then
        (local.set $caller (call $recorded_caller (local.get $caller)))
        (br $next))))
  (array.set $Words (global.get $recorded_words) (i32.add (local.get $depth) (i32.const 1)) (local.get $caller))
  (array.set $Words (global.get $recorded_pcs) (local.get $depth) (local.get $pc))
  (global.set $recorded_depth (local.get $depth)))

;;@repeat 0 15
(func $record_frame_@n (param $value eqref) @each{(param $argument@i eqref) }(param $code i32) (param $pc i32) (param $depth i32)
  (local $at i32)
  (local.set $at (local.get $depth))
  @each{(array.set $Slots (global.get $recorded_values) (local.tee $at (i32.add (local.get $at) (i32.const 1))) (local.get $argument@i)) }
  (return_call $record_frame (local.get $value) (local.get $code) (local.get $pc) (local.get $depth)))

(func $record_primitive_@n (param $method (ref $CompiledMethod)) (param $receiver eqref) @each{(param $argument@i eqref) }
    (param $depth i32)
  (call $record_frame_@n (local.get $receiver) @each{(local.get $argument@i) }(i32.const 4) (i32.const 0)
    (i32.add (call $above (local.get $depth)) (i32.const 1)))
  (array.set $Slots (global.get $recorded_values) (call $above (local.get $depth)) (local.get $method)))
;;@end

;; The interpreter begins. Its depth is that of what it calls, above its own.
(func $record_interpreter (param $context (ref $Context)) (param $depth i32)
  (return_call $record_frame (local.get $context) (i32.const 3) (i32.const 0) (call $interpreter_place (local.get $depth))))

;; It goes on, maybe with another Context.
(func $record_interpreted (param $context (ref $Context)) (param $depth i32)
  (local.set $depth (call $interpreter_place (local.get $depth)))
  (array.set $Slots (global.get $recorded_values) (local.get $depth) (local.get $context))
  (global.set $recorded_depth (local.get $depth)))

(func $interpreter_place (param $depth i32) (result i32)
  (select (i32.sub (local.get $depth) (i32.const 32)) (i32.const 0) (local.get $depth)))

;; --- for the host ---

(func $recorded_kind (export "recordedKind") (param $depth i32) (result i32)
  (i32.and (i32.const 7) (array.get $Words (global.get $recorded_words) (local.get $depth))))

(func $recorded_caller (export "recordedCaller") (param $depth i32) (result i32)
  (array.get $Words (global.get $recorded_words) (i32.add (local.get $depth) (i32.const 1))))

(func $recorded_value (export "recordedValue") (param $depth i32) (result eqref)
  (array.get $Slots (global.get $recorded_values) (local.get $depth)))

;; A Context as a capture would have made it, without its temporaries and its sender.
(func $recorded_context (export "recordedContext") (param $depth i32) (result eqref)
  (local $value eqref) (local $pc i32) (local $code i32)
  (local.set $value (call $recorded_value (local.get $depth)))
  (local.set $pc (array.get $Words (global.get $recorded_pcs) (local.get $depth)))
  (local.set $code (array.get $Words (global.get $recorded_words) (local.get $depth)))
  (block $primitive (block $context (block $block (block $method
    (br_table $method $block $context $context $primitive (i32.and (local.get $code) (i32.const 7))))
    (return_call $recorded_method
      (ref.as_non_null (array.get $Methods (global.get $methods) (i32.shr_u (local.get $code) (i32.const 3))))
      (local.get $value) (local.get $pc) (local.get $depth)))
    (return_call $recorded_block (ref.cast (ref $BlockClosure) (local.get $value)) (local.get $pc) (local.get $depth)))
    (return_call $context_at (ref.cast (ref $Context) (local.get $value)) (local.get $pc)))
  (return_call $recorded_method
    (ref.cast (ref $CompiledMethod) (call $recorded_value (i32.sub (local.get $depth) (i32.const 1))))
    (local.get $value) (local.get $pc) (local.get $depth)))

(func $context_at (param $context (ref $Context)) (param $pc i32) (result eqref)
  (return_call $new_context (struct.get $Context $method (local.get $context))
    (struct.get $Context $closure (local.get $context)) (struct.get $Context $receiver (local.get $context))
    (struct.get $Context $slots (local.get $context)) (local.get $pc) (struct.get $Context $sp (local.get $context))))

(func $recorded_block (param $closure (ref $BlockClosure)) (param $pc i32) (param $depth i32) (result eqref)
  (local $count i32)
  (local.set $count (struct.get $BlockClosure $numArgs (local.get $closure)))
  (return_call $new_context (call $closure_method (local.get $closure)) (local.get $closure)
    (call $closure_receiver (local.get $closure)) (call $recorded_arguments (local.get $depth) (local.get $count))
    (local.get $pc) (local.get $count)))

(func $recorded_method (param $method (ref $CompiledMethod)) (param $receiver eqref) (param $pc i32) (param $depth i32)
    (result eqref)
  (local $count i32)
  (local.set $count (struct.get $CompiledMethod $numArgs (local.get $method)))
  (return_call $new_context (local.get $method) (ref.null eq) (local.get $receiver)
    (call $recorded_arguments (local.get $depth) (local.get $count)) (local.get $pc) (local.get $count)))

(func $recorded_arguments (param $depth i32) (param $count i32) (result (ref $Slots))
  (local $arguments (ref $Slots))
  (local.set $arguments (array.new_default $Slots (local.get $count)))
  (array.copy $Slots $Slots (local.get $arguments) (i32.const 0) (global.get $recorded_values)
    (i32.add (local.get $depth) (i32.const 1)) (local.get $count))
  (local.get $arguments))

;; Between two slices: what activations of the past held is not kept alive.
(func $clear_records (export "clearRecords")
  (call $forget_frames)
  (array.fill $Slots (global.get $recorded_values) (i32.const 0) (ref.null eq) (i32.const 32768)))
;;@endif
