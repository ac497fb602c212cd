(func $Collection>>inject:into: (type $Code2) (param $self eqref) (param $t0 eqref) (param $t1 eqref) (param $selector i32) (param $depth i32) (result eqref)
  (local $x i32) (local $c i32) (local $position i32) (local $r eqref) (local $token (ref null $FrameToken))
  (local $t2 eqref) (local $s0 eqref) (local $s1 eqref) (local $s2 eqref)
  (local $t2.0 eqref)
  block $unwound (result i32)
    (global.set $countdown (local.tee $x (i32.sub (global.get $countdown) (i32.const 1))))
    (if (i32.or (i32.gt_u (local.get $depth) (global.get $depth_limit)) (i32.lt_s (local.get $x) (i32.const 0)))
      (then (if (call $check_entry (local.get $depth)) (then (br $unwound (i32.const 3))))))
    ;; 17 push: (Array new: 1)
    ;; 19 popIntoTemp: 2
    (local.set $t2 (ref.i31 (i32.const 0)))
    (local.set $t2.0 (ref.null eq))
    ;; 20 pushTemp: 0
    ;; 21 popIntoTemp: 0 inVectorAt: 2
    (local.set $t2.0 (local.get $t0))
    ;; 24 self
    ;; 25 pushTemp: 1
    ;; 26 pushTemp: 2
    ;; 27 closureNumCopied: 2 numArgs: 1 bytes 31 to 40
    (if (ref.is_null (local.get $token)) (then (local.set $token (call $new_token (i32.const 11075) (local.get $self)))))
    (local.set $s1 (struct.new $BlockClosure1 (global.get $class_index_block_closure) (i32.const 0) (local.get $token) (i32.const 14) (i32.const 1) (array.new_fixed $Slots 2 (local.get $t1) (local.tee $t2 (call $new_array_with (array.new_fixed $Slots 1 (local.get $t2.0))))) (ref.func $Collection>>inject:into:@block31)))
    ;; 41 send: do:
    (local.get $self) (local.get $s1) (i32.const 27) (i32.add (local.get $depth) (i32.const 23))
    (call $lookup_1 (local.get $self) (i32.const 27)) call_ref $Code1
    local.set $s0
    (drop (br_if $unwound (i32.const 6403) (ref.eq (local.get $s0) (global.get $unwind))))
    ;; 42 pop
    ;; 43 pushTemp: 0 inVectorAt: 2
    (local.set $s0 (array.get $Slots (struct.get $Indexed $slots (ref.cast (ref $Indexed) (local.get $t2))) (i32.const 0)))
    ;; 46 returnTop
    (local.get $s0) return
    unreachable
  end
  local.set $position
  (if (i32.eq (global.get $unwind_reason) (i32.const 2)) (then
    (return (global.get $unwind))
  ))
  (return (call $capture_frame (local.get $token) (i32.const 11075) (local.get $self) (local.get $position) (array.new_fixed $Slots 6 (local.get $t0) (local.get $t1) (local.get $t2) (local.get $s0) (local.get $s1) (local.get $s2))))
)
(func $Collection>>inject:into:@block31 (type $Block1) (param $closure (ref $BlockClosure)) (param $t0 eqref) (param $depth i32) (result eqref)
  (local $x i32) (local $c i32) (local $position i32) (local $r eqref) (local $self eqref)
  (local $t1 eqref) (local $t2 eqref) (local $s0 eqref) (local $s1 eqref) (local $s2 eqref)
  (local $closure2 (ref $BlockClosure2))
  (local.set $t1 (array.get $Slots (struct.get $BlockClosure $copied (local.get $closure)) (i32.const 0)))
  (local.set $t2 (array.get $Slots (struct.get $BlockClosure $copied (local.get $closure)) (i32.const 1)))
  block $unwound (result i32)
    (global.set $countdown (local.tee $x (i32.sub (global.get $countdown) (i32.const 1))))
    (if (i32.or (i32.gt_u (local.get $depth) (global.get $depth_limit)) (i32.lt_s (local.get $x) (i32.const 0)))
      (then (if (call $check_entry (local.get $depth)) (then (br $unwound (i32.const 3587))))))
    ;; 31 pushTemp: 1
    ;; 32 pushTemp: 0 inVectorAt: 2
    (local.set $s1 (array.get $Slots (struct.get $Indexed $slots (ref.cast (ref $Indexed) (local.get $t2))) (i32.const 0)))
    ;; 35 pushTemp: 0
    ;; 36 send: value:value:
    block $sent
      block $other
        block $evaluated
          block $no_closure (result eqref)
            (local.set $closure2 (br_on_cast_fail $no_closure eqref (ref $BlockClosure2) (local.get $t1)))
            (br_if $other (i32.ne (struct.get $BlockClosure $classIndex (local.get $closure2)) (i32.load offset=65536 (i32.const 0))))
            (br_if $other (i32.or (i32.ne (struct.get $BlockClosure $numArgs (local.get $closure2)) (i32.const 2)) (ref.is_null (struct.get $BlockClosure $outer (local.get $closure2)))))
            (local.set $s0 (call_ref $Block2 (local.get $closure2) (local.get $s1) (local.get $t0) (i32.add (local.get $depth) (i32.const 22)) (struct.get $BlockClosure2 $code (local.get $closure2))))
            br $evaluated
          end
          drop br $other
        end
        br $sent
      end
      (local.set $s0 (call $send_predicted_2 (local.get $t1) (local.get $s1) (local.get $t0) (i32.const 32) (i32.add (local.get $depth) (i32.const 22)) (i32.const 315) (i32.const 65536)))
    end
    (drop (br_if $unwound (i32.const 5123) (ref.eq (local.get $s0) (global.get $unwind))))
    ;; 37 storeIntoTemp: 0 inVectorAt: 2
    (array.set $Slots (struct.get $Indexed $slots (ref.cast (ref $Indexed) (local.get $t2))) (i32.const 0) (local.get $s0))
    ;; 40 blockReturn
    (local.get $s0) return
    unreachable
  end
  local.set $position
  (if (i32.eq (global.get $unwind_reason) (i32.const 2)) (then
    (return (global.get $unwind))
  ))
  (call $capture_block_frame (ref.null $FrameToken) (local.get $closure) (local.get $position) (array.new_fixed $Slots 6 (local.get $t0) (local.get $t1) (local.get $t2) (local.get $s0) (local.get $s1) (local.get $s2)))
)
